package io.buckbench.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.record.Declaration;
import io.buckbench.train.StepMetric;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Property(tries = 200)
  void a_step_keeps_all_its_bits(
      @ForAll int step,
      @ForAll double loss,
      @ForAll double rate,
      @ForAll double norm,
      @ForAll long tokens,
      @ForAll double seconds,
      @ForAll BigDecimal spent) {
    assertReadBack(
        new Message.Stepped(new StepMetric(step, loss, rate, norm, tokens, seconds), spent));
  }

  @Test
  void numbers_that_are_not_finite_are_kept() {
    assertReadBack(
        new Message.Stepped(
            new StepMetric(1, Double.NaN, 0, Double.POSITIVE_INFINITY, 0, 0), BigDecimal.ZERO));
  }

  @Test
  void texts_stay_on_one_line() {
    assertReadBack(new Message.Refused("first line\nsecond \"line\" \u2028 \u00fc"));
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", "a");
    row.put("note", "two\nlines");
    assertReadBack(new Message.Run("t", new Declaration(row), Long.MIN_VALUE));
    assertReadBack(
        new Message.Open(new WorkerProject("", "datasets", "", "smoke", "target/runs"), 2, true));
    assertReadBack(new Message.Ready());
  }

  private static void assertReadBack(Message message) {
    assertThat(message.line().lines()).hasSize(1);
    assertThat(Message.parse(message.line())).contains(message);
  }

  @Test
  void output_of_a_library_is_no_message() {
    assertThat(Message.parse("")).isEmpty();
    assertThat(Message.parse("OpenMP: warning {1}")).isEmpty();
    assertThat(Message.parse("{\"message\":\"unknown\"}")).isEmpty();
    assertThat(Message.parse("{\"message\":\"ready\"} and more")).isEmpty();
  }
}
