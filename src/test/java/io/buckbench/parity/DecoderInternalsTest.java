package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares the decoder's internals on a left-padded batch with the hidden states and attention
 * weights of Transformers. Hooks on the projections observe them, so that the decoder needs no
 * access for tests.
 */
class DecoderInternalsTest {
  private static final Path ROOT = Path.of("src", "test", "resources", "parity");
  private static final double TOLERANCE = 1e-4;

  /** Copies the input and output of every projection. */
  private static final class Watching implements Seams {
    private final List<LinearModule> modules;
    private final Map<String, float[]> entered = new HashMap<>();
    private final Map<String, float[]> left = new HashMap<>();

    private Watching(Architecture model) {
      this.modules = new ArrayList<>(model.linearModules());
      modules.add(model.headModule());
    }

    @Override
    public Optional<ProjectionHook> hook(int module) {
      String key = modules.get(module).path();
      return Optional.of(
          new ProjectionHook() {
            @Override
            public NDArray output(NDArray x, NDArray y, boolean training) {
              entered.put(key, Tensors.floats(x));
              left.put(key, Tensors.floats(y));
              return y;
            }
          });
    }
  }

  /** One pass over the batch, and the values of Transformers. */
  private record RecordedPass(
      Architecture model, TokenBatch batch, Watching ours, Map<String, float[]> theirs) {
    int width() {
      return model.shape().hidden();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void the_input_of_every_layer_equals_the_hidden_states_of_the_reference(String shape) {
    try (CausalLM lm = CausalLM.load(ROOT.resolve(shape).resolve("model"))) {
      RecordedPass pass = pass(lm, shape);
      for (int layer = 0; layer < pass.model().shape().layers(); layer++) {
        float[] hidden = pass.theirs().get("hidden_" + layer);
        String norm = "model.decoder.layers." + layer + ".self_attn_layer_norm";
        float[] expected =
            pass.model().toJson().get("do_layer_norm_before").asBoolean()
                ? normed(hidden, lm.weight(norm + ".weight"), lm.weight(norm + ".bias"))
                : hidden;
        for (String projection : List.of("q_proj", "k_proj", "v_proj")) {
          float[] entered = pass.ours().entered.get(path(layer, projection));
          compareRealRows(pass, entered, expected, pass.width());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "B"})
  void attention_mixes_values_with_the_weights_of_the_reference(String shape) {
    try (CausalLM lm = CausalLM.load(ROOT.resolve(shape).resolve("model"))) {
      RecordedPass pass = pass(lm, shape);
      for (int layer = 0; layer < pass.model().shape().layers(); layer++) {
        float[] values = pass.ours().left.get(path(layer, "v_proj"));
        float[] expected = mixed(pass, pass.theirs().get("attn_" + layer), values);
        float[] ours = pass.ours().entered.get(path(layer, "out_proj"));
        compareRealRows(pass, ours, expected, pass.width());
      }
    }
  }

  private static String path(int layer, String projection) {
    return "model.decoder.layers." + layer + ".self_attn." + projection;
  }

  private static RecordedPass pass(CausalLM lm, String shape) {
    Path folder = ROOT.resolve(shape);
    TokenBatch batch = ReferenceFiles.batches(folder.resolve("batches.json")).get("left");
    Watching watching = new Watching(lm.architecture());
    try (NDManager step = Torch.newManager()) {
      lm.logits(step, batch, watching);
    }
    Map<String, float[]> theirs = new HashMap<>();
    try (NamedTensors t = Safetensors.read(folder.resolve("base_left_internals.safetensors"))) {
      t.names().forEach(name -> theirs.put(name, t.floats(name)));
    }
    return new RecordedPass(lm.architecture(), batch, watching, theirs);
  }

  /** Layer norm, computed in float64. */
  private static float[] normed(float[] rows, NDArray weight, NDArray bias) {
    float[] w = Tensors.floats(weight);
    float[] b = Tensors.floats(bias);
    float[] normed = new float[rows.length];
    for (int from = 0; from < rows.length; from += w.length) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < w.length; i++) {
        mean += rows[from + i] / (double) w.length;
      }
      for (int i = 0; i < w.length; i++) {
        square += Math.pow(rows[from + i] - mean, 2) / w.length;
      }
      for (int i = 0; i < w.length; i++) {
        normed[from + i] =
            (float) ((rows[from + i] - mean) / Math.sqrt(square + 1e-5) * w[i] + b[i]);
      }
    }
    return normed;
  }

  /**
   * @param weights (batch, heads, tokens, tokens)
   * @param values (batch * tokens, width)
   * @return (batch * tokens, width)
   */
  private static float[] mixed(RecordedPass pass, float[] weights, float[] values) {
    int tokens = pass.batch().tokens();
    int heads = pass.model().shape().heads();
    int head = pass.model().shape().headSize();
    float[] mixed = new float[values.length];
    for (int at = 0; at < mixed.length; at++) {
      int sequence = at / pass.width() / tokens;
      int query = at / pass.width() % tokens;
      int column = at % pass.width();
      double sum = 0;
      for (int key = 0; key < tokens; key++) {
        int weight = ((sequence * heads + column / head) * tokens + query) * tokens + key;
        sum += (double) weights[weight] * values[(sequence * tokens + key) * pass.width() + column];
      }
      mixed[at] = (float) sum;
    }
    return mixed;
  }

  private static void compareRealRows(
      RecordedPass pass, float[] ours, float[] expected, int width) {
    assertThat(ours).hasSameSizeAs(expected);
    int compared = 0;
    for (int i = 0; i < expected.length; i++) {
      int row = i / width;
      if (pass.batch().attentionMask()[row / pass.batch().tokens()][row % pass.batch().tokens()]
          == 1) {
        assertThat((double) ours[i])
            .as("row %d column %d", row, i % width)
            .isCloseTo(expected[i], within(TOLERANCE));
        compared++;
      }
    }
    assertThat(compared).isPositive().isLessThan(expected.length);
  }
}
