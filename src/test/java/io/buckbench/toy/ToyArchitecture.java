package io.buckbench.toy;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.TokenizerRules;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.Activations;
import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.Architecture.TargetDefaults;
import io.buckbench.model.Decoder;
import io.buckbench.model.LinearModule;
import io.buckbench.model.LinearModule.Role;
import io.buckbench.model.Shape;
import io.buckbench.model.WeightSpec;
import io.buckbench.model.WeightSpec.Start;
import io.buckbench.model.Weights;
import io.buckbench.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model of the {@link ToyFamily}.
 *
 * @param vocabulary rows of embedding and head
 * @param layers decoder layers
 */
record ToyArchitecture(int vocabulary, int layers) implements Architecture {
  static final int HEADS = 4;
  static final int KEY_HEADS = 2;
  static final int HEAD_SIZE = 4;
  static final int WIDTH = HEADS * HEAD_SIZE;
  private static final int INSIDE = 24;

  @Override
  public Shape shape() {
    return new Shape(
        vocabulary, WIDTH, WIDTH, layers, HEADS, KEY_HEADS, HEAD_SIZE, INSIDE, 32, 1, 2);
  }

  @Override
  public List<LinearModule> linearModules() {
    List<LinearModule> all = new ArrayList<>();
    for (int layer = 0; layer < layers; layer++) {
      int fused = WIDTH + 2 * KEY_HEADS * HEAD_SIZE;
      add(all, layer, "attn.qkv", Role.QUERY_KEY_VALUE, WIDTH, fused, true);
      add(all, layer, "attn.out", Role.ATTENTION_OUTPUT, WIDTH, WIDTH, false);
      add(all, layer, "mlp.gate", Role.FEED_FORWARD, WIDTH, INSIDE, false);
      add(all, layer, "mlp.up", Role.FEED_FORWARD, WIDTH, INSIDE, false);
      add(all, layer, "mlp.down", Role.FEED_FORWARD, INSIDE, WIDTH, true);
    }
    return all;
  }

  private static void add(
      List<LinearModule> all, int layer, String name, Role role, int in, int out, boolean turned) {
    String path = "toy.blocks." + layer + "." + name;
    all.add(new LinearModule(all.size(), path, role, layer, in, out, turned, false));
  }

  @Override
  public List<WeightSpec> weights() {
    List<WeightSpec> all = new ArrayList<>();
    all.add(new WeightSpec(tokenEmbedding(), new long[] {vocabulary, WIDTH}, Start.NORMAL));
    for (int layer = 0; layer < layers; layer++) {
      all.add(new WeightSpec(norm(layer), new long[] {WIDTH}, Start.ONES));
    }
    linearModules()
        .forEach(m -> all.add(new WeightSpec(m.weight(), m.weightShape(), Start.NORMAL)));
    all.add(new WeightSpec("toy.norm.weight", new long[] {WIDTH}, Start.ONES));
    all.add(new WeightSpec(head(), new long[] {vocabulary, WIDTH}, Start.NORMAL));
    return all;
  }

  static String norm(int layer) {
    return "toy.blocks." + layer + ".norm.weight";
  }

  @Override
  public StoredNames storedNames() {
    return new StoredNames("", Map.of(), Set.of("toy.rotary"));
  }

  @Override
  public String tokenEmbedding() {
    return "toy.tokens.weight";
  }

  @Override
  public String head() {
    return "head.weight";
  }

  @Override
  public boolean hasZeroGradient(String weight) {
    return false;
  }

  @Override
  public int paddingIndex() {
    return -1;
  }

  @Override
  public double attentionDropout() {
    return 0;
  }

  @Override
  public boolean dropsLayers() {
    return false;
  }

  @Override
  public double initStd() {
    return 0.3;
  }

  @Override
  public TargetDefaults targetDefaults() {
    return new TargetDefaults(List.of("qkv"), List.of("qkv", "down"), List.of("down"));
  }

  /** No token before a text. */
  @Override
  public Optional<TokenizerRules> tokenizerRules() {
    return Optional.of(new TokenizerRules("</s>", "<pad>", Optional.empty()));
  }

  @Override
  public Activations activations() {
    return new Activations(8L * WIDTH + 3L * INSIDE, 3L * WIDTH, 0, false, 0, 3L * INSIDE);
  }

  @Override
  public Architecture withoutDropout() {
    return this;
  }

  @Override
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("model_type", "toy")
        .put("vocab_size", vocabulary)
        .put("layers", layers);
  }

  @Override
  public Decoder decoder(Weights weights, NDManager owner, Precision precision) {
    return new ToyDecoder(this, weights, owner, precision);
  }
}
