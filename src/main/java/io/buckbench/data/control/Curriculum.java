package io.buckbench.data.control;

import java.util.List;

/**
 * The exercises of the corpus at each step.
 *
 * @param stages the stages, ordered by first step; the first begins at step 0
 */
public record Curriculum(List<Stage> stages) {
  /**
   * The curriculum of the shipped {@code opt-nano}: lists of words with verdicts, then brief
   * statements, then whole statements, then also lookups and binding. A model of this size that
   * starts with whole statements stays at chance for thousands of steps.
   */
  public static final Curriculum OPT_NANO =
      new Curriculum(
          List.of(
              new Stage(0, 3, 5, 0.3, 0, 0.0, 0.0, 0.0, 0.5, 0.5, 24, 0.0, 0, 0.3),
              new Stage(150, 3, 5, 0.3, 14, 0.0, 0.0, 0.0, 1.0, 0.8, 8, 0.0, 0, 0.3),
              new Stage(350, 4, 5, 0.5, 12, 0.0, 0.1, 0.03, 1.0, 0.3, 6, 0.0, 0, 0.5),
              new Stage(900, 4, 5, 0.5, 12, 0.1, 0.2, 0.05, 0.7, 0.3, 4, 0.3, 0, 0.5)));

  /**
   * A stage of pre-training. The exercises that are not retold, asked or chatted are statements
   * with verdicts.
   *
   * @param firstStep the first step, from 0
   * @param leastFacts minimum number of facts in a passage
   * @param mostFacts maximum number of facts in a passage
   * @param distracted share of passages with a distractor
   * @param exercises number of exercises after each passage
   * @param retold share of exercises that repeat a fact
   * @param asked share of exercises that ask a wh-question
   * @param chatted share of exercises that use yes and no as ordinary words
   * @param presence share of the statements that are of the level {@code presence}
   * @param brief share of the statements in the brief form
   * @param listed number of words listed first, each with the verdict whether it is in the passage
   * @param lookedUp share of passages whose things are listed with colour and person
   * @param paired number of pairs and triples of words listed next, each with the verdict whether
   *     they belong together
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

  /** The stage of a step. */
  public Stage at(int step) {
    return stages.stream()
        .filter(stage -> stage.firstStep() <= step)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
