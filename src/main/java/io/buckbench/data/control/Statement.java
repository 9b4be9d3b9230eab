package io.buckbench.data.control;

/**
 * Something that is true or false of a passage, as a statement and as a question.
 *
 * @param brief the shortest form, for the first exercises: "a kite"
 * @param statement in lower case, without a full stop: "nora has a red kite"
 * @param question as in BoolQ, in lower case, without a question mark: "does nora have a red kite"
 */
record Statement(String brief, String statement, String question) {
  static Statement of(Fact fact) {
    return new Statement(fact.clause(), fact.clause(), fact.question());
  }

  /** The statement that the passage mentions a thing, which is given with its article: "a kite". */
  static Statement mention(String thing) {
    return new Statement(thing, thing + " is mentioned", "is " + thing + " mentioned");
  }
}
