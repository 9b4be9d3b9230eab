package io.buckbench.data.jinja;

import java.util.List;

/** The variable {@code loop} of a loop's body. */
final class Loop {
  private final List<Object> items;
  private int index;
  private Object last;

  Loop(List<Object> items) {
    this.items = items;
  }

  /** Goes to an item, from 0. */
  void to(int item) {
    index = item;
  }

  Object get(String name) {
    int size = items.size();
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) size - index;
      case "revindex0" -> size - index - 1L;
      case "first" -> index == 0;
      case "last" -> index == size - 1;
      case "length" -> (long) size;
      case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined("loop.previtem");
      case "nextitem" -> index < size - 1 ? items.get(index + 1) : new Undefined("loop.nextitem");
      case "cycle" ->
          (Function)
              (given, caller) -> {
                given.required(0, "a value");
                return given.positional().get(index % given.positional().size());
              };
      case "changed" -> (Function) (given, caller) -> changed(given.positional());
      default -> new Undefined("loop." + name);
    };
  }

  private boolean changed(Object value) {
    boolean other = last == null || !Values.equal(last, value);
    last = value;
    return other;
  }
}
