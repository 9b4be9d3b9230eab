package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.statistics.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaidAccuracyTest {
  private static PaidAccuracy paid(String id, String usd, double accuracy) {
    return new PaidAccuracy(
        id,
        "card",
        new BigDecimal(usd),
        new Interval(accuracy, Math.max(0, accuracy - 0.1), Math.min(1, accuracy + 0.1)));
  }

  @Test
  void the_front_has_those_that_no_other_reaches_at_the_same_or_a_lower_cost() {
    List<PaidAccuracy> all =
        List.of(paid("a", "0.3", 0.7), paid("b", "0.1", 0.6), paid("c", "0.2", 0.55));
    assertThat(PaidAccuracy.front(all))
        .extracting(PaidAccuracy::configuration)
        .containsExactly("b", "a");
    assertThat(PaidAccuracy.front(List.of())).isEmpty();
  }

  @Test
  void a_free_configuration_can_be_on_the_front() {
    List<PaidAccuracy> all =
        List.of(paid("yes", "0", 0.62), paid("a", "0.1", 0.61), paid("b", "0.2", 0.7));
    assertThat(PaidAccuracy.front(all))
        .extracting(PaidAccuracy::configuration)
        .containsExactly("yes", "b");
  }

  @Test
  void the_cheapest_is_chosen_by_the_mean_or_by_the_lower_end() {
    List<PaidAccuracy> all =
        List.of(paid("dear", "0.3", 0.8), paid("cheap", "0.1", 0.7), paid("free", "0", 0.6));
    assertThat(PaidAccuracy.cheapest(all, 0.65, Interval::estimate)).contains(all.get(1));
    assertThat(PaidAccuracy.cheapest(all, 0.65, Interval::low)).contains(all.get(0));
    assertThat(PaidAccuracy.cheapest(all, 0.5, Interval::low)).contains(all.get(2));
    double mean = (0.7 + 0.7 + 0.7) / 3; // 0.6999999999999998
    assertThat(PaidAccuracy.cheapest(List.of(paid("x", "1", mean)), 0.7, Interval::estimate))
        .as("up to rounding errors")
        .isPresent();
    assertThat(PaidAccuracy.cheapest(all, 0.9, Interval::estimate)).isEmpty();
  }

  /** Every configuration is matched by one on the front, but none on the front by another. */
  @Property(tries = 300)
  void the_front_matches_everything_and_nothing_else_matches_it(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 99) Integer> drawn) {
    List<PaidAccuracy> all =
        IntStream.range(0, drawn.size())
            .mapToObj(i -> paid("w" + i, "0.0" + drawn.get(i) % 10, 0.1 + drawn.get(i) / 10 * 0.08))
            .toList();
    List<PaidAccuracy> front = PaidAccuracy.front(all);
    assertThat(all).allMatch(paid -> front.stream().anyMatch(f -> matches(f, paid)));
    assertThat(front)
        .allMatch(f -> front.stream().noneMatch(other -> other != f && matches(other, f)));
    assertThat(all).containsAll(front);
  }

  private static boolean matches(PaidAccuracy better, PaidAccuracy paid) {
    return better.usd().compareTo(paid.usd()) <= 0
        && better.accuracy().estimate() >= paid.accuracy().estimate();
  }
}
