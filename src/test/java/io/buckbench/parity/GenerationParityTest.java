package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Generation;
import io.buckbench.model.Seams;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Greedy generation, against Transformers' own. */
class GenerationParityTest {
  /** No token has it, so nothing ends early. */
  private static final long NEVER = -1;

  static Stream<Reference> references() {
    return DecoderParityTest.references();
  }

  @ParameterizedTest
  @MethodSource("references")
  void three_and_eight_tokens_are_the_references(Reference reference) {
    TokenBatch prompts = reference.batch("generate");
    try (ReferenceModel model = ReferenceModel.open(reference)) {
      for (int count : new int[] {3, 8}) {
        Generation ours =
            model
                .lm()
                .generate(prompts.inputIds(), prompts.attentionMask(), count, NEVER, model.seams());
        long[][] theirs = Reference.matrix(reference.result().required("generate" + count));
        assertThat(joined(prompts.inputIds(), ours.newTokens())).isDeepEqualTo(theirs);
      }
    }
  }

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
