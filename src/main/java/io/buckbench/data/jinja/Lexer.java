package io.buckbench.data.jinja;

import io.buckbench.data.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Divides a template into tokens. As Transformers configures Jinja, the first line break after a
 * tag is removed ({@code trim_blocks}), and so are blanks before a tag that begins its line ({@code
 * lstrip_blocks}); a minus removes all white space on its side, a plus keeps it.
 */
final class Lexer {
  private static final Pattern BEGIN = Pattern.compile("\\{[{%#]");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>\\s+)"
              + "|(?<float>[0-9]+(?:\\.[0-9]+(?:[eE][+-]?[0-9]+)?|[eE][+-]?[0-9]+))"
              + "|(?<integer>[0-9]+)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)"
              + "|(?<operator>//|\\*\\*|==|!=|>=|<=|[-+/*%~\\[\\](){}<>=.:|,])",
          Pattern.DOTALL | Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|\n|(.))", Pattern.DOTALL);
  private static final String PLAIN_ESCAPES = "nrtabfv\\'\"";
  private static final String ESCAPED = "\n\r\t\u0007\b\f\u000b\\'\"";

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int countedTo;
  private int lines = 1;

  /** Whether the last tag's end took the line break after it. */
  private boolean lineBegins = true;

  private Lexer(String source) {
    this.source = source;
  }

  /**
   * The tokens, with one of kind {@code END} last.
   *
   * @throws Failure if a tag, comment or string is not closed, or a character has no meaning
   */
  static List<Token> tokens(String template) {
    String text = template.replace("\r\n", "\n").replace('\r', '\n');
    // As Jinja does, one line break at the end is left out.
    Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    Matcher begin = BEGIN.matcher(source);
    while (begin.find(at)) {
      int open = begin.start();
      char kind = source.charAt(open + 1);
      int after = open + 2;
      char sign = after < source.length() ? source.charAt(after) : ' ';
      String before = source.substring(at, open);
      if (sign == '-') {
        before = before.stripTrailing();
      } else if (sign != '+' && kind != '{') {
        before = withoutIndent(before);
      }
      add(Kind.TEXT, before, at);
      at = sign == '-' || sign == '+' ? after + 1 : after;
      switch (kind) {
        case '#' -> comment(open);
        case '%' -> {
          add(Kind.TAG_BEGIN, "{%", open);
          inside(open, "%}", Kind.TAG_END);
        }
        default -> {
          add(Kind.OUTPUT_BEGIN, "{{", open);
          inside(open, "}}", Kind.OUTPUT_END);
        }
      }
    }
    add(Kind.TEXT, source.substring(at), at);
    tokens.add(new Token(Kind.END, "", line(source.length())));
  }

  private String withoutIndent(String before) {
    int lineAt = before.lastIndexOf('\n') + 1;
    boolean indent = lineAt > 0 || lineBegins;
    return indent && before.substring(lineAt).isBlank() ? before.substring(0, lineAt) : before;
  }

  private void comment(int open) {
    int close = source.indexOf("#}", at);
    if (close < 0) {
      throw new Failure(line(open), "a comment without its end", "#}");
    }
    // A comment may end in the sign that began it, as in {#-#}.
    char sign = close > open + 2 ? source.charAt(close - 1) : ' ';
    at = close + 2;
    end(sign, true);
  }

  /** Reads tokens up to the end of a tag or output; a closing brace of a dict is no end. */
  private void inside(int open, String close, Kind end) {
    int braces = 0;
    Matcher token = TOKEN.matcher(source);
    while (at < source.length()) {
      char sign = source.charAt(at);
      boolean signed = (sign == '-' || sign == '+') && source.startsWith(close, at + 1);
      if (braces == 0 && (signed || source.startsWith(close, at))) {
        add(end, close, at);
        at += signed ? close.length() + 1 : close.length();
        end(signed ? sign : ' ', end == Kind.TAG_END);
        return;
      }
      if (sign == '\'' || sign == '"') {
        string(sign);
        continue;
      }
      if (!token.find(at) || token.start() != at) {
        throw new Failure(
            line(at),
            "the character '" + Character.toString(source.codePointAt(at)) + "'",
            "Jinja");
      }
      braces += token(token);
      at = token.end();
    }
    throw new Failure(line(open), "a tag without its end", close);
  }

  private void string(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote) {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    if (end >= source.length()) {
      throw new Failure(line(at), "a text without its end", Character.toString(quote));
    }
    tokens.add(new Token(Kind.STRING, unescaped(source.substring(at + 1, end)), line(at)));
    at = end + 1;
  }

  /** Adds a token and returns by how much it changes the number of open brackets. */
  private int token(Matcher token) {
    String text = token.group();
    if (token.group("blank") != null) {
      return 0;
    }
    if (token.group("operator") != null) {
      add(Kind.OPERATOR, text, at);
      return "([{".contains(text) ? 1 : ")]}".contains(text) ? -1 : 0;
    }
    if (token.group("name") != null) {
      add(Kind.NAME, text, at);
    } else {
      add(token.group("float") != null ? Kind.FLOAT : Kind.INTEGER, text, at);
    }
    return 0;
  }

  /** Skips what an end removes: all white space after a minus, a line break after a tag. */
  private void end(char sign, boolean tag) {
    int from = at;
    if (sign == '-') {
      while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
        at++;
      }
    } else if (sign != '+' && tag && source.startsWith("\n", at)) {
      at++;
    }
    lineBegins = at > from && source.charAt(at - 1) == '\n';
  }

  private static String unescaped(String text) {
    return ESCAPE.matcher(text).replaceAll(escape -> Matcher.quoteReplacement(character(escape)));
  }

  private static String character(MatchResult escape) {
    for (int group = 1; group <= 3; group++) {
      if (escape.group(group) != null) {
        return Character.toString(Integer.parseInt(escape.group(group), group == 3 ? 8 : 16));
      }
    }
    String letter = escape.group(4);
    if (letter == null) {
      return ""; // A line break after a backslash.
    }
    int known = PLAIN_ESCAPES.indexOf(letter);
    return known < 0 ? escape.group() : ESCAPED.substring(known, known + 1);
  }

  private void add(Kind kind, String text, int from) {
    if (kind != Kind.TEXT || !text.isEmpty()) {
      tokens.add(new Token(kind, text, line(from)));
    }
  }

  /** The line of an offset. Most are asked in ascending order, so each line is counted once. */
  private int line(int offset) {
    if (offset < countedTo) {
      countedTo = 0;
      lines = 1;
    }
    for (; countedTo < offset; countedTo++) {
      lines += source.charAt(countedTo) == '\n' ? 1 : 0;
    }
    return lines;
  }
}
