package io.buckbench.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TestModels;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PerplexityTest {
  private static final int VOCABULARY = 40;

  private static List<long[]> texts(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<long[]> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(random.longs(2 + i % 9, 2, VOCABULARY).toArray());
    }
    return texts;
  }

  private static CausalLM model() {
    return CausalLM.random(
        TestModels.opt(
            "vocab_size",
            VOCABULARY,
            "hidden_size",
            16,
            "ffn_dim",
            32,
            "max_position_embeddings",
            32,
            "init_std",
            0.5),
        5);
  }

  @Test
  void it_is_the_exponential_of_the_mean_cross_entropy_of_all_tokens() {
    List<long[]> texts = texts(21);
    try (CausalLM model = model()) {
      double sum = 0;
      int tokens = 0;
      for (long[] text : texts) {
        try (NDManager manager = Torch.newManager()) {
          var loss = model.loss(manager, Perplexity.batch(List.of(text), 1), Seams.none(), false);
          sum += loss.mean() * loss.count();
          tokens += text.length - 1;
        }
      }
      int before = Torch.liveArrays();
      double perplexity = Perplexity.of(model, Seams.none(), texts, 1);
      assertThat(perplexity).isCloseTo(Math.exp(sum / tokens), within(1e-4 * perplexity));
      assertThat(Torch.liveArrays()).isEqualTo(before);
    }
  }

  @Test
  void of_a_model_that_knows_nothing_it_is_the_size_of_the_vocabulary() {
    try (CausalLM model = model()) {
      model.parameters().forEach(p -> p.array().muli(0));
      assertThat(Perplexity.of(model, Seams.none(), texts(5), 1))
          .isCloseTo(VOCABULARY, within(1e-3));
    }
  }

  @Test
  void without_texts_there_is_none() {
    try (CausalLM model = model()) {
      assertThat(Perplexity.of(model, Seams.none(), List.of(), 1)).isNaN();
    }
  }
}
