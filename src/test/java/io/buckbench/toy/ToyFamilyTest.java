package io.buckbench.toy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Families;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.peft.Mergeable;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.lora.LoraConfig;
import io.buckbench.peft.prompt.PromptConfig;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import io.buckbench.train.Trainer;
import io.buckbench.train.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A family in the test sources, found through the service file, supports the whole program. */
class ToyFamilyTest {
  private static final long NEVER = -1;
  private static final TokenBatch TEXTS =
      new TokenBatch(
          new long[][] {{3, 9, 4, 7, 5, 11}, {1, 1, 12, 8, 6, 10}},
          new long[][] {{1, 1, 1, 1, 1, 1}, {0, 0, 1, 1, 1, 1}},
          new long[][] {
            {TokenBatch.IGNORED, 9, 4, 7, 5, 11},
            {TokenBatch.IGNORED, TokenBatch.IGNORED, TokenBatch.IGNORED, 8, 6, 10}
          });

  @TempDir Path directory;

  private Path model() throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        "{\"model_type\": \"toy\", \"vocab_size\": 20, \"layers\": 2}");
    try (CausalLM fresh = CausalLM.random(Architecture.read(directory), 5)) {
      fresh.save(directory, false);
    }
    return directory;
  }

  @Test
  void a_saved_model_is_read_back_bit_for_bit() throws IOException {
    Architecture read = Architecture.read(model());
    assertThat(new ObjectMapper().readTree(directory.resolve("config.json").toFile()))
        .isEqualTo(read.toJson().put("torch_dtype", "float32"));
    assertThat(Families.of(directory.resolve("config.json"))).isInstanceOf(ToyFamily.class);
    try (CausalLM drawn = CausalLM.random(read, 5);
        CausalLM loaded = CausalLM.load(directory)) {
      assertThat(logits(loaded, Seams.none())).isEqualTo(logits(drawn, Seams.none()));
    }
  }

  static Stream<MethodConfig> methods() {
    return Stream.of(LoraConfig.defaults(), PromptConfig.random(3));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void a_method_trains_generates_saves_loads_and_merges(MethodConfig method) throws IOException {
    Path adapterDirectory = directory.resolve("adapter");
    try (CausalLM base = CausalLM.load(model());
        Adapter adapter = method.attach(base, 3)) {
      double before = loss(base, adapter);
      try (Trainer trainer =
          new Trainer(
              base, adapter.seams(), adapter.parameters(), TrainingOptions.constant(0.05, 1))) {
        for (int step = 0; step < 20; step++) {
          trainer.step(List.of(TEXTS));
        }
      }
      assertThat(loss(base, adapter)).isLessThan(0.8 * before);
      AdapterDirectory.save(adapterDirectory, adapter, base.architecture(), "toy");
      float[] trained = logits(base, adapter.seams());
      assertThat(generated(base, adapter.seams())).isDeepEqualTo(stepwise(base, adapter.seams()));
      try (Adapter loaded = AdapterDirectory.load(adapterDirectory, base)) {
        assertThat(logits(base, loaded.seams())).isEqualTo(trained);
      }
      if (adapter instanceof Mergeable mergeable) {
        mergeable.merge();
        float[] merged = logits(base, Seams.none());
        for (int i = 0; i < merged.length; i++) {
          assertThat(Math.abs(merged[i] - trained[i])).isLessThan(1e-4f);
        }
        mergeable.unmerge();
      }
    }
  }

  /** Greedy tokens, computed with the cache. */
  private static long[][] generated(CausalLM base, Seams seams) {
    return base.generate(TEXTS.inputIds(), TEXTS.attentionMask(), 4, NEVER, seams).newTokens();
  }

  /** Greedy tokens, each computed from the logits of the whole sequence so far. */
  private static long[][] stepwise(CausalLM base, Seams seams) {
    long[][] ids = TEXTS.inputIds();
    long[][] mask = TEXTS.attentionMask();
    long[][] written = new long[ids.length][4];
    for (int step = 0; step < 4; step++) {
      float[] all = logits(base, new TokenBatch(ids, mask, new long[ids.length][]), seams);
      int perRow = all.length / ids.length;
      ids = longer(ids);
      mask = longer(mask);
      for (int row = 0; row < ids.length; row++) {
        int best = 0;
        int last = (row + 1) * perRow - 20;
        for (int token = 1; token < 20; token++) {
          best = all[last + token] > all[last + best] ? token : best;
        }
        written[row][step] = best;
        ids[row][ids[row].length - 1] = best;
        mask[row][mask[row].length - 1] = 1;
      }
    }
    return written;
  }

  private static long[][] longer(long[][] rows) {
    return Stream.of(rows).map(row -> Arrays.copyOf(row, row.length + 1)).toArray(long[][]::new);
  }

  private static float[] logits(CausalLM base, Seams seams) {
    return logits(base, TEXTS, seams);
  }

  private static float[] logits(CausalLM base, TokenBatch batch, Seams seams) {
    try (NDManager step = Torch.newManager()) {
      return Tensors.floats(base.logits(step, batch, seams));
    }
  }

  private static double loss(CausalLM base, Adapter adapter) {
    try (NDManager step = Torch.newManager()) {
      return base.loss(step, TEXTS, adapter.seams(), false).mean();
    }
  }
}
