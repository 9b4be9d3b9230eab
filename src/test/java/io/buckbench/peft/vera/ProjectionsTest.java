package io.buckbench.peft.vera;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Architecture;
import io.buckbench.peft.MethodConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
  private static final Path C = Path.of("src", "test", "resources", "parity", "C");

  @Test
  void a_key_gives_the_bits_that_peft_draws() {
    Path saved = C.resolve("vera_all_r8").resolve("adapter_init");
    VeraConfig config = (VeraConfig) MethodConfig.read(saved.resolve("adapter_config.json"));
    Projections drawn = Projections.of(config, Architecture.read(C.resolve("model")));
    try (NamedTensors peft = Safetensors.read(saved.resolve("adapter_model.safetensors"))) {
      assertThat(drawn.a()).isEqualTo(peft.floats("base_model.vera_A"));
      assertThat(drawn.b()).isEqualTo(peft.floats("base_model.vera_B"));
    }
  }
}
