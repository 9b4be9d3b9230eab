package io.buckbench.data.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes values as Python's {@code json.dumps} does with Transformers' settings.
 *
 * @param ascii whether characters beyond ASCII are escaped
 * @param indent blanks of each level; empty for one line
 * @param sorted whether keys are sorted
 * @param comma what is between two items
 * @param colon what is between key and value
 */
record Json(boolean ascii, String indent, boolean sorted, String comma, String colon) {
  private static final String ESCAPED = "\"\\\n\r\t\b\f";
  private static final String ESCAPES = "\"\\nrtbf";

  /** The settings that a template gives. */
  static Json of(Arguments given) {
    given.atMost(4, "ensure_ascii", "indent", "separators", "sort_keys");
    Object indent = given.get(1, "indent", None.NONE);
    Object separators = given.get(2, "separators", None.NONE);
    String comma = indent == None.NONE ? ", " : ",";
    String colon = ": ";
    if (separators != None.NONE) {
      List<Object> both = Values.items(separators);
      if (both.size() != 2) {
        throw new Failure(both.size() + " separators", "that of items and that of a key");
      }
      comma = Values.requireText(both.get(0));
      colon = Values.requireText(both.get(1));
    }
    return new Json(
        Values.isTrue(given.get(0, "ensure_ascii", false)),
        indent == None.NONE ? "" : Values.blanks(indent),
        Values.isTrue(given.get(3, "sort_keys", false)),
        comma,
        colon);
  }

  String text(Object value) {
    return text(value, "\n");
  }

  private String text(Object value, String lineBreak) {
    if (value instanceof None) {
      return "null";
    }
    if (value instanceof Boolean || value instanceof Long) {
      return value.toString();
    }
    if (value instanceof Double number) {
      return Values.decimal(number);
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      list.forEach(item -> items.add(text(item, lineBreak + indent)));
      return enclosed("[", items, "]", lineBreak);
    }
    if (value instanceof Map<?, ?> map) {
      List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
      if (sorted) {
        entries.sort((a, b) -> Values.compare(a.getKey(), b.getKey()));
      }
      List<String> items = new ArrayList<>();
      entries.forEach(
          e -> items.add(key(e.getKey()) + colon + text(e.getValue(), lineBreak + indent)));
      return enclosed("{", items, "}", lineBreak);
    }
    throw new Failure(Values.kind(value) + " in tojson", "a text, number, list or map");
  }

  private String key(Object key) {
    return quoted(key instanceof String text ? text : text(key, ""));
  }

  private String enclosed(String open, List<String> items, String close, String lineBreak) {
    if (items.isEmpty()) {
      return open + close;
    }
    String each = indent.isEmpty() ? "" : lineBreak + indent;
    return items.stream().collect(Collectors.joining(comma + each, open + each, ""))
        + (indent.isEmpty() ? "" : lineBreak)
        + close;
  }

  private String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      int known = ESCAPED.indexOf(c);
      if (known >= 0) {
        quoted.append('\\').append(ESCAPES.charAt(known));
      } else if (c < ' ' || ascii && c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
