package io.buckbench.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The answers of one configuration's trials to the same test rows. A trial that failed before it
 * answered is kept: it answers nothing, so every row of it is wrong.
 */
public final class Trials {
  private final List<Prediction> items;
  private final List<List<Prediction>> seeds;
  private final Set<Integer> failed;

  private Trials(List<Prediction> items, List<List<Prediction>> seeds, Set<Integer> failed) {
    this.items = items;
    this.seeds = seeds;
    this.failed = failed;
  }

  /**
   * @param seeds each trial's predictions, all on the same rows in the same order; an empty list is
   *     a trial that failed; at least one is not empty
   * @throws IllegalArgumentException if the trials answered different rows
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
   * The same where every trial may have failed.
   *
   * @param items the test items; their answers are not used
   */
  public static Trials of(List<List<Prediction>> seeds, List<Prediction> items) {
    if (seeds.isEmpty() || items.isEmpty()) {
      throw new IllegalArgumentException(seeds.size() + " trials on " + items.size() + " rows");
    }
    List<List<Prediction>> kept = new ArrayList<>();
    Set<Integer> failed = new TreeSet<>();
    for (List<Prediction> seed : seeds) {
      if (seed.isEmpty()) {
        failed.add(kept.size());
      }
      kept.add(seed.isEmpty() ? items.stream().map(Trials::unanswered).toList() : seed);
    }
    Trials trials = new Trials(items, kept, failed);
    kept.forEach(trials::requireSameItems);
    return trials;
  }

  /** Always yes on the same rows: the baseline of every claim. */
  public Trials allYes() {
    return new Trials(items, List.of(items.stream().map(Trials::yes).toList()), Set.of());
  }

  private static Prediction unanswered(Prediction p) {
    return new Prediction(p.id(), p.level(), p.wanted(), "", Double.NaN, Double.NaN);
  }

  private static Prediction yes(Prediction p) {
    return new Prediction(p.id(), p.level(), p.wanted(), "yes", Double.NaN, Double.NaN);
  }

  private void requireSameItems(List<Prediction> seed) {
    if (!sameItems(items, seed)) {
      throw new IllegalArgumentException(
          "the trials answered different test rows, so they cannot be compared row by row");
    }
  }

  /** Whether two lists answer the same rows in the same order. */
  public static boolean sameItems(List<Prediction> first, List<Prediction> second) {
    if (first.size() != second.size()) {
      return false;
    }
    for (int i = 0; i < first.size(); i++) {
      Prediction a = first.get(i);
      Prediction b = second.get(i);
      if (!a.id().equals(b.id()) || a.wanted() != b.wanted()) {
        return false;
      }
    }
    return true;
  }

  /** How many trials. */
  public int seeds() {
    return seeds.size();
  }

  /** How many test rows. */
  public int items() {
    return items.size();
  }

  /** Whether a trial answered nothing. */
  public boolean failed(int index) {
    return failed.contains(index);
  }

  /** One trial's answers. */
  public List<Prediction> seed(int index) {
    return seeds.get(index);
  }

  /** Each row's right answer. */
  public boolean[] wanted() {
    boolean[] wanted = new boolean[items.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = items.get(i).wanted();
    }
    return wanted;
  }

  /** Which rows one trial has right. */
  public boolean[] correct(int index) {
    List<Prediction> seed = seeds.get(index);
    boolean[] correct = new boolean[seed.size()];
    for (int i = 0; i < correct.length; i++) {
      correct[i] = seed.get(i).correct();
    }
    return correct;
  }

  /**
   * McNemar's exact test on the pair of trials with the least evidence of a difference, so that its
   * result holds for every seed. Trials are paired in order; if a side has one trial, it is paired
   * with every trial of the other.
   */
  public McNemar weakest(Trials other) {
    McNemar weakest = null;
    for (int s = 0; s < Math.max(seeds(), other.seeds()); s++) {
      boolean[] here = correct(s % seeds());
      McNemar test = McNemar.of(here, other.correct(s % other.seeds()));
      if (weakest == null || test.pValue() > weakest.pValue()) {
        weakest = test;
      }
    }
    return weakest;
  }
}
