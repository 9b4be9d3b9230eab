package io.buckbench.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.tensor.Parameter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingTest {
  private static final Path SHIPPED = Path.of("src/main/resources/opt-nano");

  @TempDir Path folder;

  @Test
  void the_same_seed_gives_the_same_bytes_and_the_shipped_tokenizer() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    pretrain(one, 1);
    pretrain(two, 1);
    assertThat(one.resolve("model.safetensors"))
        .hasSameBinaryContentAs(two.resolve("model.safetensors"));
    assertThat(one.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(SHIPPED.resolve("tokenizer.json"));
    assertThatThrownBy(() -> pretrain(one, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a model already");
  }

  @Test
  void the_shipped_model_has_the_shape_of_the_recipe_and_is_within_its_size_limits() {
    try (CausalLM model = CausalLM.load(SHIPPED)) {
      PretrainOptions recipe = PretrainOptions.optNano();
      assertThat(model.architecture())
          .isEqualTo(recipe.architecture(model.architecture().shape().vocabulary()));
      assertThat(model.parameters().stream().map(Parameter::array).mapToLong(a -> a.size()).sum())
          .isLessThan(3_000_000);
      assertThat(SHIPPED.resolve("model.safetensors").toFile()).size().isLessThan(8_000_000);
    }
  }

  private static void pretrain(Path out, long seed) {
    new Pretraining(PretrainOptions.optNano().with(2, seed)).run(out, m -> {}, line -> {});
  }
}
