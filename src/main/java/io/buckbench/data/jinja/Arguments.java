package io.buckbench.data.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a call.
 *
 * @param positional those without a name
 * @param named those with a name
 */
record Arguments(List<Object> positional, Map<String, Object> named) {
  static final Arguments NONE = new Arguments(List.of(), Map.of());

  /** The argument at a position, from 0, or of that name. */
  Optional<Object> find(int position, String name) {
    return position < positional.size()
        ? Optional.of(positional.get(position))
        : Optional.ofNullable(named.get(name));
  }

  Object get(int position, String name, Object otherwise) {
    return find(position, name).orElse(otherwise);
  }

  Object required(int position, String name) {
    return find(position, name)
        .orElseThrow(() -> new Failure("a call without " + name, "a value for " + name));
  }

  /** Without the first positional argument. */
  Arguments rest() {
    return new Arguments(
        positional.subList(Math.min(1, positional.size()), positional.size()), named);
  }

  /** The argument that is only given by its name. */
  Optional<Object> named(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /** Refuses more arguments without a name than a function has. */
  void atMostPositional(int count) {
    if (positional.size() > count) {
      throw new Failure(positional.size() + " arguments", "at most " + count);
    }
  }

  /** Refuses more arguments than a function has, and unknown names. */
  void atMost(int count, String... names) {
    atMostPositional(count);
    for (String name : named.keySet()) {
      if (!List.of(names).contains(name)) {
        throw new Failure("the argument " + name, "one of " + List.of(names));
      }
    }
  }

  /** Arguments as they are written. */
  record Written(List<Expression> positional, Map<String, Expression> named) {
    static final Written NONE = new Written(List.of(), Map.of());

    Arguments values(Scope scope) {
      List<Object> values = new ArrayList<>();
      positional.forEach(argument -> values.add(argument.value(scope)));
      Map<String, Object> byName = new LinkedHashMap<>();
      named.forEach((name, argument) -> byName.put(name, argument.value(scope)));
      return new Arguments(values, byName);
    }
  }
}
