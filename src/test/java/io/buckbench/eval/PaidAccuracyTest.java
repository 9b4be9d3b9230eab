package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaidAccuracyTest {
  private static PaidAccuracy way(String id, String usd, double accuracy) {
    return new PaidAccuracy(
        id,
        "card",
        new BigDecimal(usd),
        new Interval(accuracy, Math.max(0, accuracy - 0.1), Math.min(1, accuracy + 0.1)));
  }

  @Test
  void front_holdsWhatNothingAsCheapMatches() {
    List<PaidAccuracy> ways =
        List.of(way("a", "0.3", 0.7), way("b", "0.1", 0.6), way("c", "0.2", 0.55));
    assertThat(PaidAccuracy.front(ways))
        .extracting(PaidAccuracy::configuration)
        .containsExactly("b", "a");
    assertThat(PaidAccuracy.front(List.of())).isEmpty();
  }

  @Test
  void front_takesWhatIsFreeForWhatItIs() {
    List<PaidAccuracy> ways =
        List.of(way("yes", "0", 0.62), way("a", "0.1", 0.61), way("b", "0.2", 0.7));
    assertThat(PaidAccuracy.front(ways))
        .extracting(PaidAccuracy::configuration)
        .containsExactly("yes", "b");
  }

  @Test
  void cheapest_toldByTheMeanAndByTheLowerEnd() {
    List<PaidAccuracy> ways =
        List.of(way("dear", "0.3", 0.8), way("cheap", "0.1", 0.7), way("free", "0", 0.6));
    assertThat(PaidAccuracy.cheapest(ways, 0.65, Interval::estimate)).contains(ways.get(1));
    assertThat(PaidAccuracy.cheapest(ways, 0.65, Interval::low)).contains(ways.get(0));
    assertThat(PaidAccuracy.cheapest(ways, 0.5, Interval::low)).contains(ways.get(2));
    double mean = (0.7 + 0.7 + 0.7) / 3; // 0.6999999999999998
    assertThat(PaidAccuracy.cheapest(List.of(way("x", "1", mean)), 0.7, Interval::estimate))
        .as("rounding does not decide")
        .isPresent();
    assertThat(PaidAccuracy.cheapest(ways, 0.9, Interval::estimate)).isEmpty();
  }

  /** Every way is matched by one on the front, and none on the front by another. */
  @Property(tries = 300)
  void front_matchesEverythingAndNothingMatchesIt(
      @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 99) Integer> drawn) {
    List<PaidAccuracy> ways =
        IntStream.range(0, drawn.size())
            .mapToObj(i -> way("w" + i, "0.0" + drawn.get(i) % 10, 0.1 + drawn.get(i) / 10 * 0.08))
            .toList();
    List<PaidAccuracy> front = PaidAccuracy.front(ways);
    assertThat(ways).allMatch(way -> front.stream().anyMatch(f -> matches(f, way)));
    assertThat(front)
        .allMatch(f -> front.stream().noneMatch(other -> other != f && matches(other, f)));
    assertThat(ways).containsAll(front);
  }

  private static boolean matches(PaidAccuracy better, PaidAccuracy way) {
    return better.usd().compareTo(way.usd()) <= 0
        && better.accuracy().estimate() >= way.accuracy().estimate();
  }
}
