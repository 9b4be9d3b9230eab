package io.buckbench.model.blocks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.JsonObject;
import io.buckbench.model.blocks.Blueprint.Tokens;
import io.buckbench.model.blocks.RotaryFrequencies.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads the keys of a {@code config.json} that several families share, as Transformers 4 and 5
 * write them.
 *
 * @param json the file
 */
public record ConfigKeys(JsonObject json) {
  private static final String OTHER_MODEL = "use a model without this setting";

  /** The whole number under the first of several names that is present; one of them is required. */
  public int size(String... names) {
    return Arrays.stream(names)
        .filter(name -> json.value(name).isPresent())
        .findFirst()
        .map(json::requiredInteger)
        .orElseGet(() -> json.requiredInteger(names[0]));
  }

  /** A whole number, or a fallback if absent or null. */
  public int size(String name, int fallback) {
    return json.integer(name).orElse(fallback);
  }

  /** The key whose value must be a given one, if it is present and not null. */
  public void mustBe(String key, boolean supported) {
    if (json.flag(key, supported) != supported) {
      json.problem(key, !supported + "", supported + "", OTHER_MODEL);
    }
  }

  /**
   * The special tokens. The pad token is also the row of the embedding without gradient in families
   * that give it to {@code nn.Embedding}.
   *
   * @param padding whether the family does
   */
  public Tokens tokens(boolean padding) {
    Set<Long> ends = new LinkedHashSet<>();
    Optional<JsonNode> end =
        json.value(
            "eos_token_id",
            n -> n.isIntegralNumber() || n.isArray() && !n.isEmpty() && allIntegers(n),
            "a token or a list of tokens");
    end.ifPresent(n -> (n.isArray() ? n : List.of(n)).forEach(id -> ends.add(id.asLong())));
    OptionalInt pad = json.integer("pad_token_id");
    return new Tokens(ends, padding ? pad.orElse(-1) : -1);
  }

  private static boolean allIntegers(JsonNode list) {
    for (JsonNode element : list) {
      if (!element.isIntegralNumber()) {
        return false;
      }
    }
    return true;
  }

  /** The token that ends an answer; -1 if the file names none. */
  public static int end(Tokens tokens) {
    return tokens.ends().stream().findFirst().map(Long::intValue).orElse(-1);
  }

  /** The token that pads a batch: the pad token, or else the end token as in Transformers. */
  public int pad(Tokens tokens) {
    return json.integer("pad_token_id").orElse(Math.max(0, end(tokens)));
  }

  /**
   * Rotary frequencies from {@code rope_parameters} (Transformers 5), or from {@code rope_scaling}
   * with {@code rope_theta} beside it (Transformers 4).
   *
   * @param headSize features of a head
   * @param positions longest text
   * @param thetaKey where the base is, outside of the object
   * @param shareKey where the share of rotated features is, outside of the object; empty if the
   *     family rotates all
   * @param share the share if it is not given
   */
  public RotaryFrequencies rotary(
      int headSize, int positions, String thetaKey, String shareKey, double share) {
    Optional<JsonObject> old = json.object("rope_scaling");
    Optional<JsonObject> current = json.object("rope_parameters");
    double theta = json.number(thetaKey, 10_000);
    double rotated = shareKey.isEmpty() ? 1 : json.number(shareKey, share);
    JsonObject rope = old.or(() -> current).orElse(null);
    Scaling scaling = new Scaling.None();
    if (rope != null) {
      theta = rope.number("rope_theta", theta);
      rotated = rope.number("partial_rotary_factor", rotated);
      scaling = scaling(rope, positions);
      rope.refuseUnknownKeys();
      if (shareKey.isEmpty() && rotated != 1) {
        rope.problem("partial_rotary_factor", rotated + "", "1", OTHER_MODEL);
      }
    }
    if (!(theta > 0)) {
      json.problem(thetaKey, theta + "", "a number above 0", "correct it");
    }
    int features = (int) (headSize * rotated);
    // Transformers rotates one more of an odd number, if the head has it.
    if (features < 1 || features + features % 2 > headSize) {
      json.problem(
          shareKey.isEmpty() ? "head_dim" : shareKey,
          features + " rotated features of a head",
          "an even number of them",
          OTHER_MODEL);
    }
    return new RotaryFrequencies(theta, features, scaling);
  }

  private Scaling scaling(JsonObject rope, int positions) {
    String former = rope.text("type").orElse("default");
    String type = rope.text("rope_type").orElse(former);
    double original =
        rope.number(
            "original_max_position_embeddings",
            json.number("original_max_position_embeddings", positions));
    double factor = rope.number("factor", 1);
    double low = rope.number("low_freq_factor", 1);
    double high = rope.number("high_freq_factor", 4);
    switch (type) {
      case "default":
        return new Scaling.None();
      case "dynamic":
        // It changes the frequencies only of texts that are longer than the model's positions.
        return new Scaling.None();
      case "linear":
        required(rope, "factor");
        return new Scaling.Linear(factor);
      case "llama3":
        required(rope, "factor", "low_freq_factor", "high_freq_factor");
        if (!(high > low)) {
          rope.problem("high_freq_factor", high + "", "above low_freq_factor", "correct it");
        }
        return new Scaling.Llama3(factor, low, high, original);
      default:
        rope.problem(
            rope.has("rope_type") ? "rope_type" : "type",
            '"' + type + '"',
            "default, dynamic, linear or llama3",
            OTHER_MODEL);
        return new Scaling.None();
    }
  }

  private static void required(JsonObject rope, String... keys) {
    for (String key : keys) {
      if (!(rope.number(key, 0) > 0)) {
        rope.problem(
            key,
            rope.value(key).map(JsonNode::toString).orElse("nothing"),
            "a number above 0",
            "correct it");
      }
    }
  }

  /** The key {@code sliding_window}: 0, none, if null; the fallback if absent. */
  public int window(int fallback) {
    return size("sliding_window", json.has("sliding_window") ? 0 : fallback);
  }

  /**
   * The window of each layer.
   *
   * @param layers number of layers
   * @param window the window of layers that have one; 0 if none has
   * @param from the first layer that has one, unless {@code layer_types} names them
   */
  public List<Integer> windows(int layers, int window, int from) {
    List<Integer> windows = new ArrayList<>();
    Optional<JsonNode> types =
        json.value("layer_types", JsonNode::isArray, "a list with a type for each layer");
    if (types.isPresent() && types.get().size() != layers) {
      json.problem(
          "layer_types", types.get().size() + " types", layers + ", one a layer", "correct it");
      return windows;
    }
    for (int layer = 0; layer < layers; layer++) {
      boolean slides = layer >= from;
      if (types.isPresent()) {
        String type = types.get().get(layer).asText();
        slides = type.equals("sliding_attention");
        if (!slides && !type.equals("full_attention")) {
          json.problem(
              "layer_types", '"' + type + '"', "full_attention or sliding_attention", OTHER_MODEL);
        }
      }
      windows.add(slides ? window : 0);
    }
    return windows;
  }

  /** The file's content without the element type, which may have either of two names. */
  ObjectNode content() {
    ObjectNode content = JsonNodeFactory.instance.objectNode();
    json.properties().forEach(entry -> content.set(entry.getKey(), entry.getValue()));
    content.remove(List.of("torch_dtype", "dtype"));
    return content;
  }

  /** Notes variants that no family supports, and an unknown element type. */
  void refuseVariants() {
    for (String key : List.of("torch_dtype", "dtype")) {
      json.value(
          key,
          n -> List.of("float32", "float16", "bfloat16", "float64", "auto").contains(n.asText()),
          "float32, float16 or bfloat16");
    }
    json.value("quantization_config")
        .ifPresent(
            n ->
                json.problem(
                    "quantization_config",
                    n.toString(),
                    "nothing, for weights that are not quantised",
                    "fetch the model in 16 or 32 bits"));
    mustBe("add_cross_attention", false);
    mustBe("is_encoder_decoder", false);
  }
}
