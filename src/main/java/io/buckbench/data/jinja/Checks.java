package io.buckbench.data.jinja;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Jinja's tests: what follows {@code is}. */
final class Checks {
  private Checks() {}

  /** Whether a value has a property. */
  @FunctionalInterface
  interface Check {
    boolean of(Object value, Arguments given);
  }

  private static final Map<String, Check> ALL = new TreeMap<>();

  static {
    ALL.put("defined", (value, given) -> !(value instanceof Undefined));
    ALL.put("undefined", (value, given) -> value instanceof Undefined);
    ALL.put("none", (value, given) -> value instanceof None);
    ALL.put("string", (value, given) -> value instanceof String);
    ALL.put("mapping", (value, given) -> value instanceof Map<?, ?>);
    ALL.put("boolean", (value, given) -> value instanceof Boolean);
    ALL.put("integer", (value, given) -> value instanceof Long);
    ALL.put("float", (value, given) -> value instanceof Double);
    ALL.put("number", (value, given) -> Values.isNumber(value));
    ALL.put("true", (value, given) -> Boolean.TRUE.equals(value));
    ALL.put("false", (value, given) -> Boolean.FALSE.equals(value));
    ALL.put("callable", (value, given) -> value instanceof Function);
    ALL.put("sequence", (value, given) -> isSequence(value));
    ALL.put("iterable", (value, given) -> isSequence(value) || value instanceof Values.Generated);
    ALL.put("odd", (value, given) -> Math.floorMod(Values.whole(value), 2L) == 1);
    ALL.put("even", (value, given) -> Math.floorMod(Values.whole(value), 2L) == 0);
    ALL.put(
        "divisibleby",
        (value, given) ->
            Values.equal(Operators.COMPUTING.get("%").of(value, given.required(0, "num")), 0L));
    ALL.put("sameas", (value, given) -> same(value, given.required(0, "other")));
    Map<String, List<String>> comparing =
        Map.of(
            "==", List.of("eq", "equalto"),
            "!=", List.of("ne"),
            "<", List.of("lt", "lessthan"),
            "<=", List.of("le"),
            ">", List.of("gt", "greaterthan"),
            ">=", List.of("ge"),
            "in", List.of("in"));
    comparing.forEach(
        (operator, names) -> {
          Check check =
              (value, given) ->
                  (Boolean) Operators.COMPARING.get(operator).of(value, given.required(0, "other"));
          ALL.put(operator, check);
          names.forEach(name -> ALL.put(name, check));
        });
  }

  /** An undefined value has no items, and can be asked for them. */
  private static boolean isSequence(Object value) {
    return value instanceof String
        || value instanceof List<?>
        || value instanceof Map<?, ?>
        || value instanceof Undefined;
  }

  private static boolean same(Object value, Object other) {
    return value == other || value instanceof Boolean && value.equals(other);
  }

  /**
   * The test with a name.
   *
   * @throws Failure if there is none
   */
  static Check named(String name, int line) {
    Check check = ALL.get(name);
    if (check == null) {
      throw new Failure(line, "the test " + name, "one of " + ALL.keySet());
    }
    return check;
  }
}
