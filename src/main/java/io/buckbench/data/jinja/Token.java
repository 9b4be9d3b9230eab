package io.buckbench.data.jinja;

/**
 * A part of a template.
 *
 * @param text the text; of a string its value, of a number its digits
 * @param line the line that it begins in, from 1
 */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text that is copied. */
    TEXT,
    /** The beginning or end of {@code {{ ... }}}. */
    OUTPUT_BEGIN,
    OUTPUT_END,
    /** The beginning or end of <code>{% ... %}</code>. */
    TAG_BEGIN,
    TAG_END,
    NAME,
    STRING,
    INTEGER,
    FLOAT,
    OPERATOR,
    /** The end of the template. */
    END
  }

  boolean is(Kind wanted, String content) {
    return kind == wanted && text.equals(content);
  }

  /** How it is shown in messages. */
  @Override
  public String toString() {
    return kind == Kind.END ? "the end of the template" : "'" + text + "'";
  }
}
