package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * One of the shares into which the trials of a suite are divided, so that several machines run them
 * without talking to each other. The shares depend on declarations alone and are the same on every
 * machine; each trial is in exactly one.
 *
 * @param index which share, from 1
 * @param count number of shares, at least 1; shares beyond the number of trials are empty
 */
public record Shard(int index, int count) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})/([0-9]{1,6})");

  /**
   * Reads {@code I/N}.
   *
   * @throws InvalidInputException if the text has another form, or unless 1 &lt;= I &lt;= N
   */
  public static Shard parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (parts.matches()) {
      Shard shard = new Shard(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (shard.index >= 1 && shard.index <= shard.count) {
        return shard;
      }
    }
    throw new InvalidInputException(
        "--shard",
        "'" + text + "'",
        "I/N, the share I of N shares, with 1 <= I <= N, for example 1/4",
        "number the machines from 1; a scheduler that counts from 0 needs 1 added");
  }

  /**
   * The trials of this share, in their order.
   *
   * @param plan the plan of their suite; it must be the same on every machine, so the prices and
   *     speeds in it are those that the suite declares
   */
  public List<Trial> of(List<Trial> trials, SuitePlan plan) {
    return of(trials, plan::seconds);
  }

  /**
   * The elements of this share, in their order.
   *
   * @param seconds the planned duration of an element
   */
  <T> List<T> of(List<T> elements, Function<T, BigDecimal> seconds) {
    int[] shares = assign(elements.stream().map(seconds).toList(), count);
    return IntStream.range(0, shares.length)
        .filter(i -> shares[i] == index - 1)
        .mapToObj(elements::get)
        .toList();
  }

  /**
   * The share of each duration, from 0, by "longest processing time first" (Graham 1969, Bounds on
   * multiprocessing timing anomalies, section 4): each goes to the share with the least time so
   * far, the longest first. The largest share takes at most 4/3 - 1/(3 N) of what the best division
   * would. Of shares with equal time, the one with the fewest elements is chosen, then the first.
   */
  static int[] assign(List<BigDecimal> seconds, int count) {
    BigDecimal[] load = new BigDecimal[count];
    Arrays.fill(load, BigDecimal.ZERO);
    int[] elements = new int[count];
    PriorityQueue<Integer> leastFirst =
        new PriorityQueue<>(
            Comparator.comparing((Integer share) -> load[share])
                .thenComparing(share -> elements[share])
                .thenComparing(Comparator.naturalOrder()));
    IntStream.range(0, count).forEach(leastFirst::add);
    int[] shares = new int[seconds.size()];
    for (int i : longestFirst(seconds)) {
      int share = leastFirst.remove();
      shares[i] = share;
      load[share] = load[share].add(seconds.get(i));
      elements[share]++;
      leastFirst.add(share);
    }
    return shares;
  }

  /** Indices by descending duration; equal ones in their order. */
  private static List<Integer> longestFirst(List<BigDecimal> seconds) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, seconds.size()).boxed().toList());
    order.sort(Comparator.comparing((Integer i) -> seconds.get(i)).reversed());
    return order;
  }
}
