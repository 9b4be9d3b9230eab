package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardTest {
  private static final Path DOCUMENT = Path.of("docs/many-machines.md");

  @Property(tries = 300)
  void shares_never_overlap_and_never_miss_an_element(
      @ForAll @Size(max = 60) List<@IntRange(max = 50) Integer> seconds,
      @ForAll @IntRange(min = 1, max = 64) int count) {
    List<Integer> elements = IntStream.range(0, seconds.size()).boxed().toList();
    List<Integer> all = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      List<Integer> share =
          new Shard(index, count).of(elements, i -> BigDecimal.valueOf(seconds.get(i)));
      assertThat(share).isSorted();
      all.addAll(share);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(elements);
  }

  @Property(tries = 300)
  void the_largest_share_keeps_grahams_bound(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 50) Integer> seconds,
      @ForAll @IntRange(min = 1, max = 64) int count) {
    double[] planned = seconds.stream().mapToDouble(Integer::doubleValue).toArray();
    // The last element of the largest share began when every share had at most the mean.
    double bound = total(planned) / count + (1 - 1.0 / count) * largest(planned);
    assertThat(makespan(planned, planned, count)).isLessThanOrEqualTo(bound + 1e-9);
  }

  @Property(tries = 100)
  void with_a_share_for_each_trial_no_share_is_empty(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 2) Integer> seconds) {
    int[] shares = Shard.assign(seconds.stream().map(BigDecimal::valueOf).toList(), seconds.size());
    assertThat(Arrays.stream(shares).distinct().count()).isEqualTo(seconds.size());
  }

  @Test
  void equal_trials_are_dealt_in_turn() {
    List<String> trials = List.of("a", "b", "c", "d", "e");
    assertThat(new Shard(1, 2).of(trials, t -> BigDecimal.ONE)).containsExactly("a", "c", "e");
    assertThat(new Shard(2, 2).of(trials, t -> BigDecimal.ONE)).containsExactly("b", "d");
    assertThat(new Shard(7, 9).of(trials, t -> BigDecimal.ONE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "0/4", "5/4", "-1/4", "1/0", "a/b", "1/4/2", "1 /4", "9999999/1"})
  void another_form_is_refused(String text) {
    assertThatThrownBy(() -> Shard.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--shard: found '" + text + "'")
        .hasMessageContaining("with 1 <= I <= N");
    assertThat(Shard.parse("3/4")).isEqualTo(new Shard(3, 4));
  }

  /** The table of the document is what this code computes. */
  @Test
  void the_simulated_time_of_the_slowest_share_is_documented() throws IOException {
    assertThat(Files.readString(DOCUMENT)).contains(study());
  }

  /** 25 suites of 400 trials, so 10,000 trials in all. */
  private static String study() {
    StringBuilder table = new StringBuilder("| shares | mean | largest |\n|---|---|---|\n");
    for (int count = 1; count <= 256; count *= 2) {
      Random random = new Random(7);
      double sum = 0;
      double worst = 0;
      for (int suite = 0; suite < 25; suite++) {
        double[] actual = new double[400];
        double[] planned = new double[400];
        for (int i = 0; i < actual.length; i++) {
          actual[i] = Math.exp(random.nextGaussian());
          planned[i] = actual[i] * (0.7 + 0.6 * random.nextDouble());
        }
        double least = Math.max(total(actual) / count, largest(actual));
        double ratio = makespan(planned, actual, count) / least;
        sum += ratio;
        worst = Math.max(worst, ratio);
      }
      table.append(String.format(Locale.ROOT, "| %d | %.3f | %.3f |%n", count, sum / 25, worst));
    }
    return table.toString();
  }

  private static double makespan(double[] planned, double[] actual, int count) {
    int[] shares =
        Shard.assign(Arrays.stream(planned).mapToObj(BigDecimal::valueOf).toList(), count);
    double[] load = new double[count];
    for (int i = 0; i < shares.length; i++) {
      load[shares[i]] += actual[i];
    }
    return largest(load);
  }

  private static double total(double[] values) {
    return Arrays.stream(values).sum();
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).max().orElse(0);
  }
}
