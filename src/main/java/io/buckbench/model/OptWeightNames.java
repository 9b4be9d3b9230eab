package io.buckbench.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every weight of an OPT by Hugging Face's name, in the order of its {@code named_parameters}. */
final class OptWeightNames {
  static final String MODEL = "model.";
  static final String DECODER = MODEL + "decoder.";
  static final String EMBED_TOKENS = DECODER + "embed_tokens.weight";
  static final String EMBED_POSITIONS = DECODER + "embed_positions.weight";
  static final String PROJECT_OUT = DECODER + "project_out.weight";
  static final String PROJECT_IN = DECODER + "project_in.weight";
  static final String FINAL_LAYER_NORM = DECODER + "final_layer_norm";

  /** Tied to the token embedding; a checkpoint may leave it out. */
  static final String LM_HEAD = "lm_head.weight";

  /**
   * A number that metaseq put beside the weights; Transformers passes over it too ({@code
   * _keys_to_ignore_on_load_unexpected}).
   */
  static final String VERSION = DECODER + "version";

  /** Rows of the position table before the first position: a trace of fairseq's padding index. */
  static final int POSITION_OFFSET = 2;

  private OptWeightNames() {}

  /** Name to shape. */
  static Map<String, long[]> shapes(OptConfig config) {
    int d = config.hiddenSize();
    int w = config.wordEmbedProjDim();
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put(EMBED_TOKENS, new long[] {config.vocabSize(), w});
    shapes.put(EMBED_POSITIONS, new long[] {config.maxPositions() + POSITION_OFFSET, d});
    if (config.projects()) {
      shapes.put(PROJECT_OUT, new long[] {w, d});
      shapes.put(PROJECT_IN, new long[] {d, w});
    }
    if (config.finalLayerNorm()) {
      vectors(shapes, FINAL_LAYER_NORM, d);
    }
    for (int i = 0; i < config.layers(); i++) {
      linear(shapes, projection(i, Projection.K_PROJ), d, d);
      linear(shapes, projection(i, Projection.V_PROJ), d, d);
      linear(shapes, projection(i, Projection.Q_PROJ), d, d);
      linear(shapes, projection(i, Projection.OUT_PROJ), d, d);
      vectors(shapes, attentionLayerNorm(i), d);
      linear(shapes, projection(i, Projection.FC1), config.ffnDim(), d);
      linear(shapes, projection(i, Projection.FC2), d, config.ffnDim());
      vectors(shapes, finalLayerNorm(i), d);
    }
    return shapes;
  }

  static String projection(int layer, Projection projection) {
    return layer(layer) + projection.path();
  }

  static String attentionLayerNorm(int layer) {
    return layer(layer) + "self_attn_layer_norm";
  }

  static String finalLayerNorm(int layer) {
    return layer(layer) + "final_layer_norm";
  }

  private static String layer(int layer) {
    return DECODER + "layers." + layer + ".";
  }

  private static void linear(Map<String, long[]> shapes, String module, long out, long in) {
    shapes.put(module + ".weight", new long[] {out, in});
    shapes.put(module + ".bias", new long[] {out});
  }

  private static void vectors(Map<String, long[]> shapes, String module, long width) {
    shapes.put(module + ".weight", new long[] {width});
    shapes.put(module + ".bias", new long[] {width});
  }
}
