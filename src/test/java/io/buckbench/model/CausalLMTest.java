package io.buckbench.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.StateDictBytes;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of the decoder that need no reference. */
class CausalLMTest {
  private static final int PAD = 1;
  private NDManager step;

  @BeforeEach
  void open() {
    step = Torch.newManager();
  }

  @AfterEach
  void close() {
    step.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_loss_of_a_few_labels_equals_that_computed_from_all_logits(boolean before) {
    try (CausalLM model = CausalLM.random(config(before), 7)) {
      // Two, one and no labels, so few that the last layer computes only some queries.
      TokenBatch batch =
          batch(new int[] {20, 13, 9}, 3, false)
              .labelled(new int[][] {{18, 19}, {12}, {}})
              .tokens();
      double sum = 0;
      NDArray all = Ops.logSoftmax(model.logits(step, batch, Seams.none()));
      float[] logProbabilities = Tensors.floats(all);
      int width = batch.tokens();
      for (int[] at : new int[][] {{0, 18}, {0, 19}, {1, 12}}) {
        int label = (int) batch.inputIds()[at[0]][at[1]];
        sum -= logProbabilities[(at[0] * width + at[1] - 1) * 50 + label];
      }
      TokenLoss loss = model.loss(step, batch, Seams.none(), false);
      assertThat(loss.count()).isEqualTo(3);
      assertThat(loss.mean()).isCloseTo(sum / 3, within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_loss_does_not_depend_on_padding_or_row_order(boolean before) {
    try (CausalLM model = CausalLM.random(config(before), 7)) {
      int[] lengths = {20, 13, 9};
      int[][] labels = {{18, 19}, {11, 12}, {3, 8}};
      double right = mean(model, batch(lengths, 3, false).labelled(labels));
      double left = mean(model, batch(lengths, 3, true).labelled(labels));
      double wider = mean(model, batch(lengths, 3, false).padTo(27).labelled(labels));
      double turned =
          mean(
              model,
              batch(new int[] {9, 20, 13}, 3, false, new int[] {2, 0, 1})
                  .labelled(new int[][] {labels[2], labels[0], labels[1]}));
      assertThat(left).isCloseTo(right, within(1e-5));
      assertThat(wider).isCloseTo(right, within(1e-5));
      assertThat(turned).isCloseTo(right, within(1e-5));
    }
  }

  @Test
  void published_weight_names_load_with_the_version_of_metaseq(@TempDir Path directory)
      throws IOException {
    try (CausalLM model = CausalLM.random(config(false), 7)) {
      Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
      for (Parameter p : model.parameters()) {
        tensors.put(
            p.name().substring("model.".length()),
            Safetensors.Tensor.of(Tensors.shape(p.array()), Tensors.floats(p.array())));
      }
      tensors.put("decoder.version", Safetensors.Tensor.of(new long[] {1}, 3));
      Files.writeString(directory.resolve("config.json"), model.architecture().toJson().toString());
      StateDictBytes.write(directory.resolve("pytorch_model.bin"), tensors);
      try (CausalLM loaded = CausalLM.load(directory)) {
        assertThat(loaded.parameters()).hasSameSizeAs(model.parameters());
        for (int i = 0; i < model.parameters().size(); i++) {
          assertThat(Tensors.floats(loaded.parameters().get(i).array()))
              .as(loaded.parameters().get(i).name())
              .isEqualTo(Tensors.floats(model.parameters().get(i).array()));
        }
      }
    }
  }

  @Test
  void a_batch_without_labels_is_refused() {
    try (CausalLM model = CausalLM.random(config(true), 7)) {
      TokenBatch batch = batch(new int[] {5}, 3, false).labelled(new int[][] {{0}}).tokens();
      assertThatThrownBy(() -> model.loss(step, batch, Seams.none(), true))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no labelled token");
    }
  }

  @Test
  void a_prompt_longer_than_the_positions_is_refused() {
    try (CausalLM model = CausalLM.random(config(true), 7)) {
      TokenBatch batch = batch(new int[] {33}, 3, false).labelled(new int[][] {{3}}).tokens();
      assertThatThrownBy(() -> model.loss(step, batch, Seams.none(), false))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("33 positions")
          .hasMessageContaining("at most 32");
    }
  }

  @Test
  void only_the_result_stays_alive() {
    try (CausalLM model = CausalLM.random(config(true), 7)) {
      TokenBatch batch =
          batch(new int[] {20, 9}, 3, true).labelled(new int[][] {{4}, {5}}).tokens();
      model.loss(step, batch, Seams.none(), true).sum().close();
      int before = Torch.liveArrays();
      for (int i = 0; i < 3; i++) {
        model.loss(step, batch, Seams.none(), true).sum().close();
        model.logits(step, batch, Seams.none()).close();
      }
      assertThat(Torch.liveArrays()).isEqualTo(before);
    }
  }

  private double mean(CausalLM model, Batch batch) {
    return model.loss(step, batch.tokens(), Seams.none(), false).mean();
  }

  static Architecture config(boolean before) {
    return before ? TestModels.opt() : TestModels.optAfter();
  }

  static Batch batch(int[] lengths, long seed, boolean left) {
    return batch(lengths, seed, left, new int[] {0, 1, 2});
  }

  /** Rows of random tokens; {@code names} gives each row's seed, so that rows can be permuted. */
  static Batch batch(int[] lengths, long seed, boolean left, int[] names) {
    long[][] rows = new long[lengths.length][];
    for (int i = 0; i < lengths.length; i++) {
      rows[i] = new SplittableRandom(seed + names[i]).longs(lengths[i], 3, 50).toArray();
    }
    return new Batch(rows, Arrays.stream(lengths).max().orElseThrow(), left);
  }

  /** Rows before padding. */
  record Batch(long[][] rows, int width, boolean left, int[][] labels) {
    Batch(long[][] rows, int width, boolean left) {
      this(rows, width, left, new int[rows.length][0]);
    }

    Batch padTo(int wider) {
      return new Batch(rows, wider, left, labels);
    }

    /** Labels given columns, counted from each row's first token. */
    Batch labelled(int[][] columns) {
      return new Batch(rows, width, left, columns);
    }

    TokenBatch tokens() {
      long[][] ids = new long[rows.length][width];
      long[][] mask = new long[rows.length][width];
      long[][] wanted = new long[rows.length][width];
      for (int i = 0; i < rows.length; i++) {
        Arrays.fill(ids[i], PAD);
        Arrays.fill(wanted[i], TokenBatch.IGNORED);
        int start = left ? width - rows[i].length : 0;
        for (int t = 0; t < rows[i].length; t++) {
          ids[i][start + t] = rows[i][t];
          mask[i][start + t] = 1;
        }
        for (int column : labels[i]) {
          wanted[i][start + column] = rows[i][column];
        }
      }
      return new TokenBatch(ids, mask, wanted);
    }
  }
}
