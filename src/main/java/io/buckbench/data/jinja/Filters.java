package io.buckbench.data.jinja;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Jinja's filters: what follows a bar. */
final class Filters {
  private Filters() {}

  /** A value made of another. */
  @FunctionalInterface
  interface Filter {
    Object of(Object value, Arguments given);
  }

  private static final Map<String, Filter> ALL = new TreeMap<>();

  static {
    text("upper", text -> text.toUpperCase(Locale.ROOT));
    text("lower", text -> text.toLowerCase(Locale.ROOT));
    text("capitalize", Methods::capitalized);
    text("title", Methods::titled);
    text("string", text -> text);
    text("safe", text -> text);
    ALL.put(
        "trim",
        (value, given) ->
            Methods.stripped(Values.text(value), given.get(0, "chars", None.NONE), true, true));
    ALL.put(
        "replace",
        (value, given) ->
            Methods.replaced(
                Values.text(value),
                Values.text(given.required(0, "old")),
                Values.text(given.required(1, "new")),
                count(given.get(2, "count", None.NONE))));
    ALL.put("indent", Filters::indented);
    ALL.put("tojson", (value, given) -> Json.of(given).text(value));
    ALL.put("length", (value, given) -> Values.length(value));
    ALL.put("count", (value, given) -> Values.length(value));
    ALL.put("default", Filters::otherwise);
    ALL.put("d", Filters::otherwise);
    ALL.put("list", (value, given) -> new ArrayList<>(Values.items(value)));
    ALL.put("items", (value, given) -> entries(value));
    ALL.put("dictsort", Filters::sortedEntries);
    ALL.put("join", Filters::joined);
    ALL.put("first", (value, given) -> at(Values.items(value), 0));
    ALL.put("last", (value, given) -> at(Values.items(value), Values.items(value).size() - 1));
    ALL.put("reverse", (value, given) -> reversed(value));
    ALL.put("sort", Filters::sorted);
    ALL.put("max", (value, given) -> extreme(value, 1));
    ALL.put("min", (value, given) -> extreme(value, -1));
    ALL.put("int", (value, given) -> number(value, given, true));
    ALL.put("float", (value, given) -> number(value, given, false));
    ALL.put("abs", (value, given) -> Values.compare(value, 0L) < 0 ? negated(value) : value);
    ALL.put("map", Filters::mapped);
    ALL.put("select", (value, given) -> chosen(value, check(given), true));
    ALL.put("reject", (value, given) -> chosen(value, check(given), false));
    ALL.put("selectattr", (value, given) -> chosen(value, ofAttribute(given), true));
    ALL.put("rejectattr", (value, given) -> chosen(value, ofAttribute(given), false));
  }

  private static void text(String name, UnaryOperator<String> filter) {
    ALL.put(name, (value, given) -> filter.apply(Values.text(value)));
  }

  /**
   * The filter with a name.
   *
   * @throws Failure if there is none
   */
  static Filter named(String name, int line) {
    Filter filter = ALL.get(name);
    if (filter == null) {
      throw new Failure(line, "the filter " + name, "one of " + ALL.keySet());
    }
    return filter;
  }

  private static long count(Object given) {
    return given == None.NONE ? -1 : Values.whole(given);
  }

  private static Object otherwise(Object value, Arguments given) {
    boolean alsoFalse = Values.isTrue(given.get(1, "boolean", false));
    return value instanceof Undefined || alsoFalse && !Values.isTrue(value)
        ? given.get(0, "default_value", "")
        : value;
  }

  private static String indented(Object value, Arguments given) {
    String blanks = Values.blanks(given.get(0, "width", 4L));
    boolean first = Values.isTrue(given.get(1, "first", false));
    boolean blank = Values.isTrue(given.get(2, "blank", false));
    StringBuilder text = new StringBuilder();
    List<String> lines = (Values.text(value) + "\n").lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      boolean shifted = i == 0 ? first : blank || !lines.get(i).isEmpty();
      text.append(i == 0 ? "" : "\n").append(shifted ? blanks : "").append(lines.get(i));
    }
    return text.toString();
  }

  private static List<Object> entries(Object value) {
    if (value instanceof Undefined) {
      return List.of();
    }
    if (value instanceof Map<?, ?> map) {
      return Methods.entries(map);
    }
    throw new Failure("the items of " + Values.kind(value), "a map");
  }

  private static Object sortedEntries(Object value, Arguments given) {
    given.atMost(0);
    List<Object> entries = new ArrayList<>(entries(value));
    entries.sort(
        (a, b) -> Values.compare(folded(((List<?>) a).get(0)), folded(((List<?>) b).get(0))));
    return entries;
  }

  private static Object folded(Object value) {
    return value instanceof String text ? text.toLowerCase(Locale.ROOT) : value;
  }

  private static Object sorted(Object value, Arguments given) {
    given.atMost(0, "reverse", "attribute");
    Optional<Object> attribute = given.named("attribute");
    Comparator<Object> order =
        (a, b) -> Values.compare(folded(attribute(a, attribute)), folded(attribute(b, attribute)));
    List<Object> items = new ArrayList<>(Values.items(value));
    items.sort(Values.isTrue(given.named("reverse").orElse(false)) ? order.reversed() : order);
    return items;
  }

  private static Object joined(Object value, Arguments given) {
    Optional<Object> attribute = given.find(1, "attribute");
    return Values.items(value).stream()
        .map(item -> Values.text(attribute(item, attribute)))
        .collect(Collectors.joining(Values.text(given.get(0, "d", ""))));
  }

  /** The attribute of an item, such as {@code role} or {@code function.name}. */
  private static Object attribute(Object item, Optional<Object> path) {
    Object value = item;
    if (path.isPresent()) {
      for (String name : Values.text(path.get()).split("\\.")) {
        value = Values.item(value, name.matches("[0-9]{1,9}") ? (Object) Long.valueOf(name) : name);
      }
    }
    return value;
  }

  private static Object at(List<Object> items, int index) {
    return items.isEmpty() ? new Undefined("an item of an empty list") : items.get(index);
  }

  private static Object reversed(Object value) {
    List<Object> items = new ArrayList<>(Values.items(value));
    Collections.reverse(items);
    return value instanceof String
        ? items.stream().map(Values::text).collect(Collectors.joining())
        : new Values.Generated(items);
  }

  private static Object extreme(Object value, int sign) {
    return Values.items(value).stream()
        .max((a, b) -> sign * Values.compare(folded(a), folded(b)))
        .orElseGet(() -> new Undefined("an item of an empty list"));
  }

  private static Object negated(Object value) {
    return Operators.COMPUTING.get("-").of(0L, value);
  }

  private static Object number(Object value, Arguments given, boolean whole) {
    Object otherwise = given.get(0, "default", whole ? (Object) 0L : (Object) 0.0);
    try {
      if (value instanceof String text) {
        String digits = text.strip();
        return whole ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
      }
      return whole ? (Object) (long) Values.real(value) : (Object) Values.real(value);
    } catch (NumberFormatException | Failure e) {
      return otherwise;
    }
  }

  private static Object mapped(Object value, Arguments given) {
    Optional<Object> attribute = given.named("attribute");
    Optional<Object> otherwise = given.named("default");
    List<Object> results = new ArrayList<>();
    for (Object item : Values.items(value)) {
      if (attribute.isPresent()) {
        Object found = attribute(item, attribute);
        results.add(found instanceof Undefined ? otherwise.orElse(found) : found);
      } else {
        String name = Values.requireText(given.required(0, "filter"));
        results.add(named(name, 0).of(item, given.rest()));
      }
    }
    return new Values.Generated(results);
  }

  private static Predicate<Object> check(Arguments given) {
    if (given.positional().isEmpty()) {
      return Values::isTrue;
    }
    Checks.Check check = Checks.named(Values.requireText(given.required(0, "test")), 0);
    return item -> check.of(item, given.rest());
  }

  private static Predicate<Object> ofAttribute(Arguments given) {
    Optional<Object> attribute = Optional.of(given.required(0, "attribute"));
    Predicate<Object> check = check(given.rest());
    return item -> check.test(attribute(item, attribute));
  }

  private static Object chosen(Object value, Predicate<Object> check, boolean wanted) {
    return new Values.Generated(
        Values.items(value).stream().filter(item -> check.test(item) == wanted).toList());
  }
}
