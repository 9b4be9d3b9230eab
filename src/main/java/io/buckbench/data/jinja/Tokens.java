package io.buckbench.data.jinja;

import io.buckbench.data.jinja.Token.Kind;
import java.util.List;

/** The tokens of a template, read from front to back. */
final class Tokens {
  /** Brackets, blocks and operators nested deeper are a mistake, or an attack on the stack. */
  private static final int MOST_DEPTH = 100;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Tokens(List<Token> tokens) {
    this.tokens = tokens;
  }

  /** The next token, which stays. */
  Token peek() {
    return tokens.get(at);
  }

  /** Takes the next token. */
  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean isOperator(String... texts) {
    return peek().kind() == Kind.OPERATOR && List.of(texts).contains(peek().text());
  }

  boolean isName(String... texts) {
    return peek().kind() == Kind.NAME && List.of(texts).contains(peek().text());
  }

  /** Whether a tag with a name is next. */
  boolean isTag(List<String> names) {
    return peek().kind() == Kind.TAG_BEGIN
        && tokens.get(at + 1).kind() == Kind.NAME
        && names.contains(tokens.get(at + 1).text());
  }

  /** Takes the next token if it is that operator. */
  boolean takeOperator(String text) {
    return take(Kind.OPERATOR, text);
  }

  /** Takes the next token if it is that name. */
  boolean takeName(String text) {
    return take(Kind.NAME, text);
  }

  private boolean take(Kind kind, String text) {
    if (peek().is(kind, text)) {
      next();
      return true;
    }
    return false;
  }

  void requireOperator(String text) {
    if (!takeOperator(text)) {
      throw unexpected("'" + text + "'");
    }
  }

  /** The text of the next token, which must be of a kind. */
  String require(Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected(kind == Kind.NAME ? "a name" : "the end of the tag");
    }
    return next().text();
  }

  Failure unexpected(String expected) {
    return new Failure(peek().line(), peek().toString(), expected);
  }

  /** Notes that something nested begins. */
  void enter() {
    if (++depth > MOST_DEPTH) {
      throw new Failure(peek().line(), "more than " + MOST_DEPTH + " levels", "a flatter template");
    }
  }

  /** Notes that something nested ends. */
  void leave() {
    depth--;
  }
}
