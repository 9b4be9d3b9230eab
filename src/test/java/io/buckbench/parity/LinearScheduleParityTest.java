package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.JsonObject;
import io.buckbench.train.LinearSchedule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares the linear schedule with warm-up with that of Transformers. */
class LinearScheduleParityTest {
  @Test
  void the_linear_schedule_equals_that_of_the_reference() {
    JsonObject expected =
        ReferenceFiles.json(Path.of("src/test/resources/parity/linear_warmup.json"));
    LinearSchedule schedule =
        new LinearSchedule(
            expected.requiredInteger("num_warmup_steps"),
            expected.requiredInteger("num_training_steps"));
    JsonNode rates = expected.value("lr_used_at_step").orElseThrow();
    assertThat(rates).isNotEmpty();
    for (int i = 0; i < rates.size(); i++) {
      assertThat(schedule.factor(i + 1)).as("step %d", i + 1).isEqualTo(rates.get(i).doubleValue());
    }
  }
}
