package io.buckbench.eval;

import io.buckbench.data.Answers;
import io.buckbench.statistics.Learning.Ending;
import io.buckbench.statistics.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The answers of a configuration's trials to the same test items. A trial that failed before it
 * answered is included with empty answers, which count as wrong.
 */
public final class Trials {
  private final List<Prediction> items;
  private final List<List<Prediction>> seeds;
  private final Set<Integer> failed;
  private final Regime regime;

  private Trials(
      List<Prediction> items, List<List<Prediction>> seeds, Set<Integer> failed, Regime regime) {
    this.regime = regime;
    this.items = items;
    this.seeds = seeds;
    this.failed = failed;
  }

  /**
   * @param seeds each trial's predictions for the same items in the same order; an empty list is a
   *     failed trial; at least one is not empty
   * @throws IllegalArgumentException if the trials answered different items
   */
  public static Trials of(List<List<Prediction>> seeds) {
    return of(
        seeds,
        seeds.stream()
            .filter(s -> !s.isEmpty())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no trial answered anything")));
  }

  /**
   * Creates trials that may all have failed.
   *
   * @param items the test items; their answers are not used
   */
  public static Trials of(List<List<Prediction>> seeds, List<Prediction> items) {
    if (seeds.isEmpty() || items.isEmpty()) {
      throw new IllegalArgumentException(seeds.size() + " trials on " + items.size() + " items");
    }
    List<List<Prediction>> kept = new ArrayList<>();
    Set<Integer> failed = new TreeSet<>();
    for (List<Prediction> seed : seeds) {
      if (seed.isEmpty()) {
        failed.add(kept.size());
      }
      kept.add(seed.isEmpty() ? answering(items, "") : seed);
    }
    if (!kept.stream().allMatch(seed -> sameItems(items, seed))) {
      throw new IllegalArgumentException(
          "the trials answered different test items, so they cannot be compared item by item");
    }
    return new Trials(items, kept, failed, Regime.STEADY);
  }

  /** The baseline that gives the training set's commonest answer to each of the same items. */
  public Trials commonest() {
    return always(answers().commonest());
  }

  /** The baseline that gives one answer to each of the same items. */
  public Trials always(int answer) {
    return new Trials(
        items, List.of(answering(items, answers().word(answer))), Set.of(), Regime.FIXED);
  }

  private static List<Prediction> answering(List<Prediction> items, String text) {
    return items.stream()
        .map(p -> Prediction.withoutModel(p.id(), p.level(), p.answers(), p.wanted(), text))
        .toList();
  }

  /** Whether two lists are answers to the same items in the same order. */
  public static boolean sameItems(List<Prediction> first, List<Prediction> second) {
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      Prediction a = first.get(i);
      Prediction b = second.get(i);
      if (!a.id().equals(b.id()) || !a.wantedWord().equals(b.wantedWord())) {
        return false;
      }
    }
    return true;
  }

  /** The answers that the items can have. */
  public Answers answers() {
    return items.get(0).answers();
  }

  /** Number of trials. */
  public int seeds() {
    return seeds.size();
  }

  /** Number of test items. */
  public int items() {
    return items.size();
  }

  /** Whether a trial answered nothing. */
  public boolean failed(int index) {
    return failed.contains(index);
  }

  /** The answers of a trial. */
  public List<Prediction> seed(int index) {
    return seeds.get(index);
  }

  /** The index of the right answer of each item. */
  public int[] wanted() {
    int[] wanted = new int[items.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = items.get(i).wanted();
    }
    return wanted;
  }

  /** Which items a trial has right. */
  public boolean[] correct(int index) {
    List<Prediction> seed = seeds.get(index);
    boolean[] correct = new boolean[seed.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = seed.get(i).correct();
    }
    return correct;
  }

  /** How the seeds can differ; without further knowledge, as trainings that do not collapse. */
  public Regime regime() {
    return regime;
  }

  /** These trials with knowledge of how their seeds can differ. */
  public Trials in(Regime other) {
    return new Trials(items, seeds, failed, other);
  }

  /** How each trial ended: whether it learned, collapsed to one answer, or neither. */
  public List<Ending> endings() {
    List<Ending> endings = new ArrayList<>();
    for (int s = 0; s < seeds.size(); s++) {
      endings.add(failed(s) ? Ending.OTHER : ending(Scores.of(seeds.get(s))));
    }
    return endings;
  }

  private static Ending ending(Scores scores) {
    return switch (Diagnosis.of(scores, false).kind()) {
      case LEARNED -> Ending.LEARNED;
      case COLLAPSED -> Ending.COLLAPSED;
      default -> Ending.OTHER;
    };
  }
}
