package io.buckbench.model.opt;

import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.LinearModule;
import io.buckbench.model.LinearModule.Role;
import io.buckbench.model.Shape;
import io.buckbench.model.WeightSpec;
import io.buckbench.model.WeightSpec.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every weight of an OPT by Hugging Face's name, in the order of its {@code named_parameters}. */
final class OptWeights {
  static final String EMBED_TOKENS = "model.decoder.embed_tokens.weight";
  static final String EMBED_POSITIONS = "model.decoder.embed_positions.weight";
  static final String PROJECT_OUT = "model.decoder.project_out.weight";
  static final String PROJECT_IN = "model.decoder.project_in.weight";
  static final String FINAL_LAYER_NORM = "model.decoder.final_layer_norm";

  /** Rows of the position table before position 0, a relic of fairseq's padding index. */
  static final int POSITION_OFFSET = 2;

  static final String HEAD = "lm_head.weight";

  private OptWeights() {}

  /**
   * The published checkpoints were saved from the inner model, without the prefix {@code model.}
   * and without the tied head. {@code version} is a number that metaseq stored with the weights;
   * Transformers ignores it too ({@code _keys_to_ignore_on_load_unexpected}).
   */
  static StoredNames stored(OptArchitecture model) {
    return new StoredNames(
        "model.",
        model.tied() ? Map.of(HEAD, EMBED_TOKENS) : Map.of(),
        Set.of("model.decoder.version"));
  }

  static List<WeightSpec> of(OptArchitecture model) {
    Shape shape = model.shape();
    int d = shape.hidden();
    int w = shape.embedding();
    List<WeightSpec> all = new ArrayList<>();
    all.add(new WeightSpec(EMBED_TOKENS, axes(shape.vocabulary(), w), Start.NORMAL_WITHOUT_PAD));
    all.add(matrix(EMBED_POSITIONS, shape.positions() + POSITION_OFFSET, d));
    projections(shape).forEach(p -> all.add(matrix(p.weight(), p.out(), p.in())));
    if (model.finalLayerNorm()) {
      norm(all, FINAL_LAYER_NORM, model);
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (OptModule module : OptModule.values()) {
        // The order of definition in Hugging Face's layer.
        if (module == OptModule.FC1) {
          norm(all, attentionNorm(layer), model);
        }
        linear(all, module.in(model, layer));
      }
      norm(all, finalNorm(layer), model);
    }
    if (!model.tied()) {
      all.add(matrix(HEAD, shape.vocabulary(), w));
    }
    return List.copyOf(all);
  }

  /** Whether {@code project_in} and {@code project_out} surround the layers. */
  static boolean projects(Shape model) {
    return model.embedding() != model.hidden();
  }

  /** The linear modules outside the layers, in Hugging Face's order. */
  static List<LinearModule> projections(Shape model) {
    int d = model.hidden();
    int w = model.embedding();
    return projects(model)
        ? List.of(
            projection(0, PROJECT_OUT, model.layers(), d, w), projection(1, PROJECT_IN, -1, w, d))
        : List.of();
  }

  private static LinearModule projection(int index, String weight, int layer, int in, int out) {
    String path = weight.substring(0, weight.lastIndexOf('.'));
    return new LinearModule(index, path, Role.PROJECTION, layer, in, out, false, false);
  }

  static String layer(int layer) {
    return "model.decoder.layers." + layer + ".";
  }

  static String attentionNorm(int layer) {
    return layer(layer) + "self_attn_layer_norm";
  }

  static String finalNorm(int layer) {
    return layer(layer) + "final_layer_norm";
  }

  private static void linear(List<WeightSpec> all, LinearModule module) {
    all.add(new WeightSpec(module.weight(), module.weightShape(), Start.NORMAL));
    if (module.bias()) {
      all.add(new WeightSpec(module.biasName(), axes(module.out()), Start.ZEROS));
    }
  }

  private static void norm(List<WeightSpec> all, String name, OptArchitecture model) {
    if (model.normWeights()) {
      long width = model.shape().hidden();
      all.add(new WeightSpec(name + ".weight", axes(width), Start.ONES));
      all.add(new WeightSpec(name + ".bias", axes(width), Start.ZEROS));
    }
  }

  private static WeightSpec matrix(String name, long rows, long columns) {
    return new WeightSpec(name, axes(rows, columns), Start.NORMAL);
  }

  private static long[] axes(long... axes) {
    return axes;
  }
}
