package io.buckbench.data.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;

/** Python's methods of texts, lists and maps, as far as templates call them. */
final class Methods {
  private Methods() {}

  /** The method of a value with a name; null if there is none. */
  static Function find(Object value, String name) {
    if (value instanceof String text) {
      return ofText(text, name);
    }
    if (value instanceof Map<?, ?> map) {
      return ofMap(map, name);
    }
    return value instanceof List<?> list ? ofList(list, name) : null;
  }

  private static Function ofMap(Map<?, ?> map, String name) {
    return switch (name) {
      case "items" -> (given, caller) -> entries(map);
      case "keys" -> (given, caller) -> new ArrayList<Object>(map.keySet());
      case "values" -> (given, caller) -> new ArrayList<Object>(map.values());
      case "get" ->
          (given, caller) -> {
            Object found = map.get(given.required(0, "key"));
            return found == null ? given.get(1, "default", None.NONE) : found;
          };
      default -> null;
    };
  }

  /** The pairs of key and value. */
  static List<Object> entries(Map<?, ?> map) {
    List<Object> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(new Tuple(List.of(key, value))));
    return entries;
  }

  private static Function ofList(List<?> list, String name) {
    return switch (name) {
      case "index" ->
          (given, caller) -> {
            for (int i = 0; i < list.size(); i++) {
              if (Values.equal(list.get(i), given.required(0, "value"))) {
                return (long) i;
              }
            }
            throw new Failure("a list without the value", "a value of the list");
          };
      case "count" ->
          (given, caller) ->
              list.stream().filter(item -> Values.equal(item, given.required(0, "value"))).count();
      default -> null;
    };
  }

  private static Function ofText(String text, String name) {
    return switch (name) {
      case "strip" -> (given, caller) -> stripped(text, given, true, true);
      case "lstrip" -> (given, caller) -> stripped(text, given, true, false);
      case "rstrip" -> (given, caller) -> stripped(text, given, false, true);
      case "upper" -> (given, caller) -> text.toUpperCase(Locale.ROOT);
      case "lower" -> (given, caller) -> text.toLowerCase(Locale.ROOT);
      case "capitalize" -> (given, caller) -> capitalized(text);
      case "title" -> (given, caller) -> titled(text);
      case "startswith" -> (given, caller) -> affixes(given).stream().anyMatch(text::startsWith);
      case "endswith" -> (given, caller) -> affixes(given).stream().anyMatch(text::endsWith);
      case "removeprefix" ->
          (given, caller) -> {
            String prefix = Values.requireText(given.required(0, "prefix"));
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
          };
      case "removesuffix" ->
          (given, caller) -> {
            String suffix = Values.requireText(given.required(0, "suffix"));
            return text.endsWith(suffix) && !suffix.isEmpty()
                ? text.substring(0, text.length() - suffix.length())
                : text;
          };
      case "replace" ->
          (given, caller) ->
              replaced(
                  text,
                  Values.requireText(given.required(0, "old")),
                  Values.requireText(given.required(1, "new")),
                  Values.whole(given.get(2, "count", -1L)));
      case "split" -> (given, caller) -> split(text, given);
      case "splitlines" -> (given, caller) -> new ArrayList<Object>(text.lines().toList());
      case "join" ->
          (given, caller) ->
              String.join(
                  text,
                  Values.items(given.required(0, "items")).stream()
                      .map(Values::requireText)
                      .toList());
      case "find" ->
          (given, caller) -> {
            int at = text.indexOf(Values.requireText(given.required(0, "text")));
            return at < 0 ? -1L : (long) text.codePointCount(0, at);
          };
      case "count" ->
          (given, caller) ->
              (long) split(text, Values.requireText(given.required(0, "text")), -1).size() - 1;
      default -> null;
    };
  }

  private static List<String> affixes(Arguments given) {
    Object affix = given.required(0, "text");
    return affix instanceof List<?> several
        ? several.stream().map(Values::requireText).toList()
        : List.of(Values.requireText(affix));
  }

  private static String stripped(String text, Arguments given, boolean left, boolean right) {
    Object characters = given.get(0, "chars", None.NONE);
    return stripped(text, characters, left, right);
  }

  /**
   * @param characters those that are removed; {@link None} for white space
   */
  static String stripped(String text, Object characters, boolean left, boolean right) {
    IntPredicate removed =
        characters == None.NONE
            ? Values::isSpace
            : c -> Values.requireText(characters).indexOf(c) >= 0;
    int from = 0;
    int to = text.length();
    while (left && from < to && removed.test(text.codePointAt(from))) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && from < to && removed.test(text.codePointBefore(to))) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  static String capitalized(String text) {
    if (text.isEmpty()) {
      return text;
    }
    int first = text.offsetByCodePoints(0, 1);
    return Character.toString(Character.toTitleCase(text.codePointAt(0)))
        + text.substring(first).toLowerCase(Locale.ROOT);
  }

  /** The first letter of each word in upper case, the others in lower case. */
  static String titled(String text) {
    StringBuilder title = new StringBuilder();
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      title.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toTitleCase(c));
      inWord = Character.isLetter(c);
    }
    return title.toString();
  }

  /**
   * @param count how many are replaced at most; all if it is negative
   */
  static String replaced(String text, String old, String by, long count) {
    if (old.isEmpty()) {
      throw new Failure("an empty text to replace", "a text");
    }
    StringBuilder replaced = new StringBuilder();
    int from = 0;
    int at = text.indexOf(old);
    for (long done = 0; at >= 0 && (count < 0 || done < count); done++) {
      replaced.append(text, from, at).append(by);
      Output.requireShort(replaced.length());
      from = at + old.length();
      at = text.indexOf(old, from);
    }
    return replaced.append(text.substring(from)).toString();
  }

  private static List<Object> split(String text, Arguments given) {
    Object separator = given.get(0, "sep", None.NONE);
    long most = Values.whole(given.get(1, "maxsplit", -1L));
    if (separator == None.NONE) {
      if (most >= 0) {
        throw new Failure("split by white space with maxsplit", "a separator");
      }
      List<Object> words = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      text.chars()
          .forEach(
              c -> {
                if (!Values.isSpace(c)) {
                  word.append((char) c);
                } else if (!word.isEmpty()) {
                  words.add(word.toString());
                  word.setLength(0);
                }
              });
      if (!word.isEmpty()) {
        words.add(word.toString());
      }
      return words;
    }
    return split(text, Values.requireText(separator), most);
  }

  private static List<Object> split(String text, String separator, long most) {
    if (separator.isEmpty()) {
      throw new Failure("an empty separator", "a text");
    }
    List<Object> parts = new ArrayList<>();
    int from = 0;
    int at = text.indexOf(separator);
    while (at >= 0 && (most < 0 || parts.size() < most)) {
      parts.add(text.substring(from, at));
      from = at + separator.length();
      at = text.indexOf(separator, from);
    }
    parts.add(text.substring(from));
    return parts;
  }
}
