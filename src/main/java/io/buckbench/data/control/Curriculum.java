package io.buckbench.data.control;

import java.util.List;

/**
 * What the corpus practises at which step: copying first, then looking up, then checking.
 *
 * @param stages by their first step, the first one at 0
 */
public record Curriculum(List<Stage> stages) {
  /**
   * The curriculum of the shipped {@code opt-nano}: lists of words first, each with its verdict
   * right behind it, then brief statements, then whole ones, then looking up and binding beside
   * them. A model of this size that starts with whole statements stays at chance for thousands of
   * steps.
   */
  public static final Curriculum OPT_NANO =
      new Curriculum(
          List.of(
              new Stage(0, 3, 5, 0.3, 0, 0.0, 0.0, 0.0, 0.5, 0.5, 24, 0.0, 0, 0.3),
              new Stage(150, 3, 5, 0.3, 14, 0.0, 0.0, 0.0, 1.0, 0.8, 8, 0.0, 0, 0.3),
              new Stage(350, 4, 5, 0.5, 12, 0.0, 0.1, 0.03, 1.0, 0.3, 6, 0.0, 0, 0.5),
              new Stage(900, 4, 5, 0.5, 12, 0.1, 0.2, 0.05, 0.7, 0.3, 4, 0.3, 0, 0.5)));

  /**
   * A stretch of pre-training. The shares of exercises not retold, asked or chatted are checked
   * statements.
   *
   * @param firstStep counted from 0
   * @param leastFacts fewest facts in a passage
   * @param mostFacts most facts in a passage
   * @param distracted share of passages with a distractor
   * @param exercises lines behind each passage
   * @param retold share of lines that retell a fact
   * @param asked share of lines that ask a wh-question
   * @param chatted share of lines in which yes and no are ordinary words
   * @param presence share of the checked statements that are of the level {@code presence}
   * @param brief share of the checked statements in the short form
   * @param listed words listed first, each with a verdict whether the passage has it
   * @param lookedUp share of passages whose things are listed with colour and person
   * @param paired pairs and triples of words listed next, each with a verdict whether they belong
   *     together
   * @param denied share of passages with a denied fact
   */
  public record Stage(
      int firstStep,
      int leastFacts,
      int mostFacts,
      double distracted,
      int exercises,
      double retold,
      double asked,
      double chatted,
      double presence,
      double brief,
      int listed,
      double lookedUp,
      int paired,
      double denied) {}

  /** The stage a step belongs to. */
  public Stage at(int step) {
    Stage current = stages.get(0);
    for (Stage stage : stages) {
      if (stage.firstStep() <= step) {
        current = stage;
      }
    }
    return current;
  }
}
