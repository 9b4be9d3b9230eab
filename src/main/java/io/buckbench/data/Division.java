package io.buckbench.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How a file is divided into parts.
 *
 * @param halves whether the validation file's first half is validation and its second half test, in
 *     the order of the file, as in the paper; otherwise parts are drawn at random
 * @param shares of train, validation and test; a file is divided in their proportions
 * @param seed of the draw
 */
public record Division(boolean halves, List<Integer> shares, long seed) {
  /** Eight in ten rows to train on, one to validate, one to test. */
  public static final Division STANDARD = new Division(false, List.of(80, 10, 10), 1);

  /**
   * The rows of train, validation and test.
   *
   * @param first the rows of the first file
   * @param second those of the validation file, if there is one
   * @param third those of the test file, if there is one
   * @param answers the number of answers
   */
  List<List<Example>> parts(
      List<Example> first,
      Optional<List<Example>> second,
      Optional<List<Example>> third,
      int answers) {
    if (second.isPresent() && third.isPresent()) {
      return List.of(first, second.get(), third.get());
    }
    if (second.isPresent()) {
      List<Example> rows = second.get();
      int half = rows.size() / 2;
      List<List<Example>> two =
          halves
              ? List.of(rows.subList(0, half), rows.subList(half, rows.size()))
              : drawn(rows, shares.subList(1, 3), answers);
      return List.of(first, two.get(0), two.get(1));
    }
    if (third.isPresent()) {
      List<List<Example>> two = drawn(first, shares.subList(0, 2), answers);
      return List.of(two.get(0), two.get(1), third.get());
    }
    return drawn(first, shares, answers);
  }

  /** Draws parts so that each has about the same share of each answer, in random order. */
  private List<List<Example>> drawn(List<Example> rows, List<Integer> of, int answers) {
    SplittableRandom random = new SplittableRandom(seed);
    List<List<Example>> parts = new ArrayList<>();
    of.forEach(share -> parts.add(new ArrayList<>()));
    int all = of.stream().mapToInt(Integer::intValue).sum();
    for (int answer = 0; answer < answers; answer++) {
      int wanted = answer;
      List<Example> some =
          shuffled(rows.stream().filter(r -> r.answer() == wanted).toList(), random);
      int from = 0;
      int before = 0;
      for (int part = 0; part < parts.size(); part++) {
        before += of.get(part);
        int to = (int) Math.round((double) some.size() * before / all);
        parts.get(part).addAll(some.subList(from, to));
        from = to;
      }
    }
    return parts.stream().map(part -> shuffled(part, random)).toList();
  }

  private static List<Example> shuffled(List<Example> rows, SplittableRandom random) {
    List<Example> shuffled = new ArrayList<>(rows);
    for (int last = shuffled.size() - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      Example held = shuffled.get(last);
      shuffled.set(last, shuffled.get(other));
      shuffled.set(other, held);
    }
    return List.copyOf(shuffled);
  }
}
