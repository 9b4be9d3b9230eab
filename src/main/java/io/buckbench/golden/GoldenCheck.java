package io.buckbench.golden;

import io.buckbench.findings.Verdict;
import io.buckbench.input.Problems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks that a golden file does not contradict itself, so that whoever compares with it need not.
 *
 * @param file the file, for messages
 */
record GoldenCheck(Path file) {
  private static final String TODO =
      "restore it from version control; golden files are not edited by hand";

  /**
   * @throws io.buckbench.input.InvalidInputException with every contradiction, by key
   */
  void check(SuiteResults results) {
    Problems problems = new Problems();
    results
        .testSets()
        .forEach(
            (key, set) -> {
              String where = "testSets." + key;
              if (set.answers().size() == 0) {
                problem(problems, where + ".answers.words", "no word", "at least two words");
              } else if (set.wanted().length() != set.ids().size()
                  || !set.knows(set.wanted(), false)) {
                problem(
                    problems,
                    where + ".wanted",
                    set.wanted().length() + " letters for " + set.ids().size() + " ids",
                    set.letters(false) + " for each");
              } else if (!set.key().equals(key)) {
                problem(problems, where, "a set with the key " + set.key(), "the set of its key");
              }
            });
    results.rows().forEach((id, row) -> checkRow(problems, results, id, row));
    List<String> verdicts = Arrays.stream(Verdict.values()).map(Verdict::name).toList();
    results
        .verdicts()
        .forEach(
            (key, verdict) -> {
              if (!verdicts.contains(verdict)) {
                problem(problems, "verdicts." + key, verdict, "one of " + verdicts);
              }
            });
    problems.throwIfAny();
  }

  private void checkRow(Problems problems, SuiteResults results, String id, RowResults row) {
    String where = "rows." + id;
    if (!row.configuration().equals(id)) {
      problem(problems, where + ".configuration", row.configuration(), id);
    }
    boolean answered = row.trials().stream().anyMatch(trial -> !trial.letters().isEmpty());
    TestSet set = results.testSets().get(row.testSet());
    if (set == null && (answered || !row.testSet().isEmpty())) {
      problem(
          problems,
          where + ".testSet",
          "'" + row.testSet() + "'",
          "one of " + results.testSets().keySet());
      return;
    }
    Set<Long> seeds = new HashSet<>();
    for (TrialResults trial : row.trials()) {
      String of = where + ".trials seed " + trial.seed();
      if (!seeds.add(trial.seed())) {
        problem(problems, of, "the seed twice", "each seed once");
      }
      if (set != null) {
        checkAnswers(problems, of, trial, set);
      }
      if (trial.steps() < 0 || (trial.steps() == 0) != trial.losses().isEmpty()) {
        problem(
            problems,
            of + " losses",
            trial.losses().size() + " losses of " + trial.steps() + " steps",
            "losses if there are steps");
      }
    }
  }

  private void checkAnswers(Problems problems, String of, TrialResults trial, TestSet set) {
    String letters = trial.letters();
    int items = set.ids().size();
    if (!letters.isEmpty() && letters.length() != items || !set.knows(letters, true)) {
      problem(
          problems,
          of + " answers",
          letters.length() + " letters for " + items + " test items",
          set.letters(true) + " for each test item");
      return;
    }
    Set<Integer> others = new HashSet<>();
    for (Map.Entry<String, String> text : trial.others().entrySet()) {
      for (String item : text.getValue().split(" ")) {
        boolean known =
            item.matches("[0-9]{1,9}")
                && Integer.parseInt(item) < letters.length()
                && letters.charAt(Integer.parseInt(item)) == 'o'
                && others.add(Integer.parseInt(item));
        if (!known) {
          problem(
              problems,
              of + " others",
              "the test item '" + item + "'",
              "an item whose answer is o, once");
          return;
        }
      }
    }
    long wanted = letters.chars().filter(letter -> letter == 'o').count();
    if (others.size() != wanted) {
      problem(problems, of + " others", others.size() + " texts", wanted + ", one for each o");
    }
  }

  private void problem(Problems problems, String key, String found, String expected) {
    problems.add(file + " key " + key, found, expected, TODO);
  }
}
