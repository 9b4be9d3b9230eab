package io.buckbench.peft;

import io.buckbench.input.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A regular expression that Python's {@code re} and Java read alike. The two languages differ in
 * details, for example in {@code [qv&&v]}, {@code (?P<name>...)} and {@code {,2}}, so an expression
 * is read by Python's rules and written in Java's.
 *
 * <p>Supported are literals, {@code .}, {@code ^}, {@code $}, {@code |}, groups (also without
 * capture and with a name), lookahead, sets, greedy and lazy repetition, the escapes {@code \d \D
 * \w \W \s \S \b \B \A \Z} and escaped punctuation, and a leading {@code (?i)}. Anything else is
 * refused, for example lookbehind and back references.
 */
final class PythonPattern {
  private static final String CLASSES = "dDwWsS";
  private static final String POSITIONS = "bBA";

  private final Pattern java;

  private PythonPattern(Pattern java) {
    this.java = java;
  }

  /**
   * Reads an expression.
   *
   * @param key the key that holds it, for messages
   * @throws InvalidInputException if Python would refuse it, or if it is not supported
   */
  static PythonPattern of(String key, String expression) {
    try {
      boolean ignoringCase = expression.startsWith("(?i)");
      String written = new Translation(ignoringCase ? expression.substring(4) : expression).whole();
      int flags = Pattern.UNIX_LINES | (ignoringCase ? Pattern.CASE_INSENSITIVE : 0);
      return new PythonPattern(Pattern.compile(written, flags));
    } catch (IllegalArgumentException refused) {
      throw new InvalidInputException(
          key,
          expression + " (" + refused.getMessage().lines().findFirst().orElse("") + ")",
          "a regular expression of Python's re, with plain constructs",
          "correct or simplify the expression, or use a list of names");
    }
  }

  /** Whether the whole text matches, as {@code re.fullmatch}. */
  boolean matches(String text) {
    return java.matcher(text).matches();
  }

  /** A matcher of the text's start, as {@code re.match}; its result is {@code lookingAt}. */
  Matcher atStartOf(String text) {
    return java.matcher(text);
  }

  /** Reads Python's syntax from left to right and writes Java's. */
  private static final class Translation {
    private final String in;
    private final StringBuilder out = new StringBuilder();
    private int at;

    Translation(String in) {
      this.in = in;
    }

    String whole() {
      alternatives();
      if (at < in.length()) {
        throw refused("an unbalanced parenthesis");
      }
      return out.toString();
    }

    private void alternatives() {
      sequence();
      while (accept('|')) {
        out.append('|');
        sequence();
      }
    }

    private void sequence() {
      while (at < in.length() && in.charAt(at) != '|' && in.charAt(at) != ')') {
        boolean repeatable = atom();
        int[] times = repetition();
        if (times == null) {
          continue;
        }
        if (!repeatable) {
          throw refused("a repetition of nothing that can be repeated");
        }
        out.append('{').append(times[0]).append(',');
        out.append(times[1] < 0 ? "" : Integer.toString(times[1])).append('}');
        if (accept('?')) {
          out.append('?');
        }
        if (at < in.length() && in.charAt(at) == '+' || repetition() != null) {
          throw refused("a repetition of a repetition");
        }
      }
    }

    /** Reads one element; returns whether it may be repeated. */
    private boolean atom() {
      char c = in.charAt(at++);
      switch (c) {
        case '.' -> out.append('.');
        case '^', '$' -> {
          out.append(c);
          return false;
        }
        case '(' -> {
          return group();
        }
        case '[' -> set();
        case '\\' -> {
          return escape();
        }
        case '*', '+', '?' -> throw refused("a repetition of nothing");
        case '{' -> {
          at--;
          if (repetition() != null) {
            throw refused("a repetition of nothing");
          }
          at++;
          literal(c);
        }
        default -> literal(c);
      }
      return true;
    }

    private boolean group() {
      boolean repeatable = true;
      if (accept('?')) {
        if (accept("P<")) {
          int end = in.indexOf('>', at);
          String name = end < 0 ? "" : in.substring(at, end);
          if (!name.matches("[A-Za-z][A-Za-z0-9]*")) {
            throw refused("the name of a group");
          }
          at = end + 1;
          out.append("(?<").append(name).append('>');
        } else if (accept(':')) {
          out.append("(?:");
        } else if (accept('=') || accept('!')) {
          out.append("(?").append(in.charAt(at - 1));
          repeatable = false;
        } else {
          throw refused("an extension that starts with (?");
        }
      } else {
        out.append('(');
      }
      alternatives();
      if (!accept(')')) {
        throw refused("an unbalanced parenthesis");
      }
      out.append(')');
      return repeatable;
    }

    private boolean escape() {
      char c = next();
      if (c == 'Z') {
        out.append("\\z");
        return false;
      }
      if (CLASSES.indexOf(c) >= 0 || POSITIONS.indexOf(c) >= 0) {
        out.append('\\').append(c);
        return CLASSES.indexOf(c) >= 0;
      }
      literal(punctuation(c));
      return true;
    }

    private void set() {
      out.append('[');
      if (accept('^')) {
        out.append('^');
      }
      boolean empty = true;
      while (true) {
        char c = next();
        if (c == ']' && !empty) {
          out.append(']');
          return;
        }
        empty = false;
        boolean isClass = member(c);
        if (at + 1 < in.length() && in.charAt(at) == '-' && in.charAt(at + 1) != ']') {
          at++;
          char low = in.charAt(at - 2);
          char high = next();
          out.append('-');
          if (member(high) || isClass || in.charAt(at - 1) < low) {
            throw refused("a range in a set");
          }
        }
      }
    }

    /** Writes a member of a set; returns whether it is a class such as {@code \d}. */
    private boolean member(char c) {
      if (c != '\\') {
        literal(c);
        return false;
      }
      char escaped = next();
      if (CLASSES.indexOf(escaped) >= 0) {
        out.append('\\').append(escaped);
        return true;
      }
      literal(punctuation(escaped));
      return false;
    }

    private char punctuation(char c) {
      if (c >= 128 || Character.isLetterOrDigit(c)) {
        throw refused("the escape \\" + c);
      }
      return c;
    }

    private void literal(char c) {
      if (c < 128 && !Character.isLetterOrDigit(c)) {
        out.append('\\');
      }
      out.append(c);
    }

    /** Reads a repetition as its least and most times, -1 for any; null if there is none. */
    private int[] repetition() {
      if (accept('*')) {
        return new int[] {0, -1};
      }
      if (accept('+')) {
        return new int[] {1, -1};
      }
      if (accept('?')) {
        return new int[] {0, 1};
      }
      Matcher braces = BRACES.matcher(in).region(at, in.length());
      if (!braces.lookingAt()) {
        return null;
      }
      at = braces.end();
      int least = number(braces.group(1), 0);
      int most = braces.group(2) == null ? least : number(braces.group(3), -1);
      if (most >= 0 && most < least) {
        throw refused("a repetition with its least above its most");
      }
      return new int[] {least, most};
    }

    private static final Pattern BRACES = Pattern.compile("\\{(?!})(\\d*)(,(\\d*))?}");

    private int number(String digits, int fallback) {
      try {
        return digits.isEmpty() ? fallback : Integer.parseInt(digits);
      } catch (NumberFormatException large) {
        throw refused("a repetition of that many times");
      }
    }

    private boolean accept(char c) {
      boolean found = at < in.length() && in.charAt(at) == c;
      at += found ? 1 : 0;
      return found;
    }

    private boolean accept(String text) {
      boolean found = in.startsWith(text, at);
      at += found ? text.length() : 0;
      return found;
    }

    private char next() {
      if (at == in.length()) {
        throw refused("an end inside a set or an escape");
      }
      return in.charAt(at++);
    }

    private IllegalArgumentException refused(String what) {
      return new IllegalArgumentException(what + " before position " + at);
    }
  }
}
