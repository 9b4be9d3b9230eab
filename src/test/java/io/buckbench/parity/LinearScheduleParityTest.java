package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.train.LinearSchedule;
import org.junit.jupiter.api.Test;

/** The linear schedule with warm-up, against Transformers'. */
class LinearScheduleParityTest {
  @Test
  void linear_schedule_equals_the_references() {
    JsonNode expected = Reference.json(Reference.root().resolve("linear_warmup.json"));
    LinearSchedule schedule =
        new LinearSchedule(
            expected.required("num_warmup_steps").intValue(),
            expected.required("num_training_steps").intValue());
    JsonNode rates = expected.required("lr_used_at_step");
    assertThat(rates).isNotEmpty();
    for (int i = 0; i < rates.size(); i++) {
      assertThat(schedule.factor(i + 1)).as("step %d", i + 1).isEqualTo(rates.get(i).doubleValue());
    }
  }
}
