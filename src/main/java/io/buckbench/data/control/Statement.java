package io.buckbench.data.control;

/**
 * Something that may be true of a passage, as a statement and as a question.
 *
 * @param brief the least that says it, for the first exercises: "a kite"
 * @param statement lower case, no full stop: "nora has a red kite"
 * @param question in BoolQ's manner, lower case, no question mark: "does nora have a red kite"
 */
record Statement(String brief, String statement, String question) {
  static Statement of(Fact fact) {
    return new Statement(fact.clause(), fact.clause(), fact.question());
  }

  /**
   * A statement about a passage that is true or false as wanted.
   *
   * @param presence of the level {@code presence}, otherwise {@code binding}
   */
  static Statement draw(Draw draw, Passage passage, boolean presence, boolean truth) {
    return presence
        ? PresenceStatements.draw(draw, passage, truth)
        : BindingStatements.draw(draw, passage, truth);
  }

  /** That the passage mentions a thing at all, named with its article: "a kite". */
  static Statement mention(String thing) {
    return new Statement(thing, thing + " is mentioned", "is " + thing + " mentioned");
  }
}
