package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.data.TokenBatch;
import io.buckbench.input.JsonObject;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares greedy generation that reaches the end token with that of Transformers. */
class GenerationParityTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "parity");

  @ParameterizedTest
  @ValueSource(strings = {"A_eos10", "A_eos39", "B_eos49", "B_eos12"})
  void rows_end_at_the_end_token_and_generation_ends_with_the_last_row(String name) {
    Path shape = ROOT.resolve(name.substring(0, 1));
    long end = Long.parseLong(name.substring("A_eos".length()));
    TokenBatch prompts = ReferenceFiles.batches(shape.resolve("batches.json")).get("generate");
    JsonObject expected = ReferenceFiles.json(ROOT.resolve("generate_eos.json"));
    try (CausalLM model = CausalLM.load(shape.resolve("model"))) {
      Generation ours =
          model.generate(prompts.inputIds(), prompts.attentionMask(), 8, end, Seams.none());
      assertThat(joined(prompts.inputIds(), ours.newTokens()))
          .isDeepEqualTo(ReferenceFiles.rows(expected.value(name).orElseThrow()));
    }
  }

  private static long[][] joined(long[][] prompts, long[][] written) {
    long[][] all = new long[prompts.length][];
    for (int row = 0; row < prompts.length; row++) {
      int length = prompts[row].length;
      all[row] = Arrays.copyOf(prompts[row], length + written[row].length);
      System.arraycopy(written[row], 0, all[row], length, written[row].length);
    }
    return all;
  }
}
