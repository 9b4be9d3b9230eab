package io.buckbench.data.jinja;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What Python does with values: truth, text, equality, order, items. */
final class Values {
  private static final int MOST_BLANKS = 1000;

  private Values() {}

  /** The items of a filter, which Python computes when they are asked for; true even if empty. */
  record Generated(List<Object> items) {}

  /** Python's {@code bool(value)}. */
  static boolean isTrue(Object value) {
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    return !(value instanceof None || value instanceof Undefined);
  }

  /** Python's {@code str(value)}. */
  static String text(Object value) {
    return value instanceof String text
        ? text
        : value instanceof Undefined ? "" : representation(value);
  }

  /** Python's {@code repr(value)}. */
  static String representation(Object value) {
    if (value instanceof None) {
      return "None";
    }
    if (value instanceof Boolean flag) {
      return flag ? "True" : "False";
    }
    if (value instanceof Double number) {
      return decimal(number);
    }
    if (value instanceof Long) {
      return value.toString();
    }
    if (value instanceof String text) {
      return quoted(text);
    }
    if (value instanceof Tuple tuple) {
      return tuple.stream()
          .map(Values::representation)
          .collect(Collectors.joining(", ", "(", tuple.size() == 1 ? ",)" : ")"));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Values::representation).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> representation(e.getKey()) + ": " + representation(e.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    throw new Failure(kind(value) + " as text", "a text, number, list or map");
  }

  private static String quoted(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder quoted = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                  if (c == quote) {
                    quoted.append('\\').appendCodePoint(c);
                  } else if (c == ' ' || isPrintable(c)) {
                    quoted.appendCodePoint(c);
                  } else {
                    quoted.append(
                        String.format(
                            Locale.ROOT,
                            c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x",
                            c));
                  }
                }
              }
            });
    return quoted.append(quote).toString();
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Python's shortest decimal: with an exponent below 1e-4 and from 1e16 on. */
  static String decimal(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(number);
    if (size != 0 && (size < 1e-4 || size >= 1e16)) {
      BigDecimal digits = new BigDecimal(Double.toString(number)).stripTrailingZeros();
      String all = digits.unscaledValue().abs().toString();
      int exponent = digits.precision() - digits.scale() - 1;
      return (number < 0 ? "-" : "")
          + all.charAt(0)
          + (all.length() > 1 ? "." + all.substring(1) : "")
          + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
    String plain = new BigDecimal(Double.toString(number)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /** Python's {@code ==}. */
  static boolean equal(Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      if (a.size() != b.size() || a instanceof Tuple != b instanceof Tuple) {
        return false;
      }
      Iterator<?> others = b.iterator();
      return a.stream().allMatch(item -> equal(item, others.next()));
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return a.size() == b.size()
          && a.entrySet().stream()
              .allMatch(e -> b.containsKey(e.getKey()) && equal(e.getValue(), b.get(e.getKey())));
    }
    if (left instanceof Undefined && right instanceof Undefined) {
      return true;
    }
    return Objects.equals(left, right);
  }

  /** Python's order of numbers, texts and lists. */
  static int compare(Object left, Object right) {
    if (isNumber(left) && isNumber(right)) {
      return compareNumbers(left, right);
    }
    if (left instanceof String a && right instanceof String b) {
      return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
        if (!equal(a.get(i), b.get(i))) {
          return compare(a.get(i), b.get(i));
        }
      }
      return Integer.compare(a.size(), b.size());
    }
    throw new Failure(
        "a comparison of " + kind(left) + " and " + kind(right), "two numbers, texts or lists");
  }

  private static int compareNumbers(Object left, Object right) {
    return left instanceof Double || right instanceof Double
        ? Double.compare(real(left), real(right))
        : Long.compare(whole(left), whole(right));
  }

  /** Whether Python computes with it; a truth value is 0 or 1. */
  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  static double real(Object value) {
    return value instanceof Double number ? number : whole(value);
  }

  /** A whole number. */
  static long whole(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw new Failure(kind(value), "a whole number");
  }

  /** So many blanks. */
  static String blanks(Object width) {
    long count = width instanceof String text ? text.length() : whole(width);
    if (count < 0 || count > MOST_BLANKS) {
      throw new Failure("an indent of " + count, "0 to " + MOST_BLANKS);
    }
    return width instanceof String text ? text : " ".repeat((int) count);
  }

  static String requireText(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new Failure(kind(value), "a text");
  }

  /** What a loop over a value visits: items, keys or characters. */
  static List<Object> items(Object value) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof Generated generated) {
      return generated.items();
    }
    if (value instanceof String text) {
      return text.codePoints().<Object>mapToObj(Character::toString).toList();
    }
    if (value instanceof Undefined) {
      return List.of();
    }
    throw new Failure("a loop over " + kind(value), "a list, a map or a text");
  }

  /** Python's {@code len(value)}. */
  static long length(Object value) {
    if (value instanceof Generated) {
      throw new Failure("the length of a filter's result", "a list: add the filter list");
    }
    return value instanceof String text
        ? text.codePointCount(0, text.length())
        : items(value).size();
  }

  /** A value with a dot and a name after it. */
  static Object attribute(Object value, String name) {
    if (value instanceof Undefined missing) {
      throw new Failure(missing.name() + " is undefined", "a value with " + name);
    }
    if (value instanceof Namespace namespace) {
      return namespace.get(name);
    }
    if (value instanceof Loop loop) {
      return loop.get(name);
    }
    Object method = Methods.find(value, name);
    if (method != null) {
      return method;
    }
    Object item = value instanceof Map<?, ?> map ? map.get(name) : null;
    return item == null ? new Undefined(name) : item;
  }

  /** A value with a key or index in brackets after it. */
  static Object item(Object value, Object key) {
    if (value instanceof Undefined missing) {
      throw new Failure(missing.name() + " is undefined", "a value with " + text(key));
    }
    if (value instanceof Map<?, ?> map && map.containsKey(key)) {
      return map.get(key);
    }
    if ((value instanceof List<?> || value instanceof String) && key instanceof Long index) {
      List<Object> items = items(value);
      long at = index < 0 ? index + items.size() : index;
      return at >= 0 && at < items.size() ? items.get((int) at) : new Undefined("item " + index);
    }
    return key instanceof String name ? attribute(value, name) : new Undefined(text(key));
  }

  /** Python's {@code value[from:to:step]}; each number may be {@link None}. */
  static Object slice(Object value, Object from, Object to, Object step) {
    if (!(value instanceof List<?> || value instanceof String)) {
      throw new Failure("a part of " + kind(value), "a part of a list or text");
    }
    List<Object> items = items(value);
    long by = step == None.NONE ? 1 : whole(step);
    if (by == 0) {
      throw new Failure("a step of 0", "another step");
    }
    int size = items.size();
    long least = by > 0 ? 0 : -1;
    long most = by > 0 ? size : size - 1L;
    long first = bound(from, by > 0 ? least : most, size, least, most);
    long last = bound(to, by > 0 ? most : least, size, least, most);
    List<Object> chosen = new ArrayList<>();
    for (long i = first; by > 0 ? i < last : i > last; i += by) {
      chosen.add(items.get((int) i));
    }
    if (value instanceof String) {
      return chosen.stream().map(String.class::cast).collect(Collectors.joining());
    }
    return value instanceof Tuple ? new Tuple(chosen) : chosen;
  }

  private static long bound(Object given, long otherwise, int size, long least, long most) {
    if (given == None.NONE) {
      return otherwise;
    }
    long at = whole(given);
    return Math.max(least, Math.min(most, at < 0 ? at + size : at));
  }

  /** Python's {@code str.isspace} of a character. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || c == 0x85 || c == 0xA0 || c == 0x2007 || c == 0x202F;
  }

  /** The kind of a value, for messages. */
  static String kind(Object value) {
    if (value instanceof Undefined missing) {
      return missing.name() + ", which is undefined,";
    }
    return value instanceof None
        ? "none"
        : value instanceof String
            ? "a text"
            : value instanceof Map<?, ?>
                ? "a map"
                : value instanceof List<?>
                    ? "a list"
                    : value instanceof Boolean
                        ? "a truth value"
                        : value instanceof Number
                            ? "a number"
                            : value instanceof Function ? "a function" : "an object";
  }
}
