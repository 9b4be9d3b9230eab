package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Greedy generation that ends before its last token, against Transformers' own. */
class GenerationParityTest {
  @ParameterizedTest
  @ValueSource(strings = {"A_eos10", "A_eos39", "B_eos49", "B_eos12"})
  void rows_end_at_the_end_token_and_generation_with_the_last(String name) {
    Reference reference = new Reference(name.substring(0, 1), "full");
    long end = Long.parseLong(name.substring("A_eos".length()));
    TokenBatch prompts = reference.batch("generate");
    JsonNode expected = Reference.json(Reference.root().resolve("generate_eos.json"));
    try (CausalLM model = CausalLM.load(reference.model())) {
      Generation ours =
          model.generate(prompts.inputIds(), prompts.attentionMask(), 8, end, Seams.none());
      assertThat(joined(prompts.inputIds(), ours.newTokens()))
          .isDeepEqualTo(Reference.matrix(expected.required(name)));
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
