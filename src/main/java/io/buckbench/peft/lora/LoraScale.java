package io.buckbench.peft.lora;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.Problems;
import io.buckbench.peft.ConfigJson;
import io.buckbench.peft.ModelModule;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rank of LoRA's matrices and the factor of their product, for each module.
 *
 * @param rank PEFT's {@code r}
 * @param alpha PEFT's {@code lora_alpha}
 * @param ranks PEFT's {@code rank_pattern}: other ranks by regular expressions of Python, which
 *     match the end of a module's full name from a dot on; the first that matches counts
 * @param alphas PEFT's {@code alpha_pattern}, likewise
 * @param stabilised PEFT's {@code use_rslora}: whether the factor is alpha / sqrt(rank)
 *     (Kalajdzievski 2023, arXiv:2312.03732) instead of alpha / rank
 */
public record LoraScale(
    int rank,
    double alpha,
    Map<String, Double> ranks,
    Map<String, Double> alphas,
    boolean stabilised) {

  /** Checks that all numbers are in their range. */
  public LoraScale {
    ranks = new LinkedHashMap<>(ranks);
    alphas = new LinkedHashMap<>(alphas);
    Problems problems = new Problems();
    if (rank < 1) {
      problems.add("r", Integer.toString(rank), "at least 1", "give a positive rank");
    }
    positive(problems, "lora_alpha", alpha);
    alphas.forEach((pattern, value) -> positive(problems, "alpha_pattern", value));
    ranks.forEach(
        (pattern, value) -> problems.requireAtLeast(1, "rank_pattern", (int) (double) value));
    problems.throwIfAny();
  }

  private static void positive(Problems problems, String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      problems.add(key, Double.toString(value), "a number above 0", "2 r is common");
    }
  }

  /** One rank and alpha for all modules. */
  static LoraScale of(int rank, double alpha) {
    return new LoraScale(rank, alpha, Map.of(), Map.of(), false);
  }

  /** Reads PEFT's keys. */
  static LoraScale read(ConfigJson json) {
    int rank = json.integer("r").orElse(8);
    double alpha = json.number("lora_alpha", 8);
    boolean stabilised = json.flag("use_rslora", false);
    Map<String, Double> ranks =
        json.numbersByPattern(
            "rank_pattern",
            n -> n.canConvertToExactIntegral() && n.canConvertToInt(),
            "whole numbers");
    Map<String, Double> alphas =
        json.numbersByPattern("alpha_pattern", JsonNode::isNumber, "numbers");
    return json.part(() -> new LoraScale(rank, alpha, ranks, alphas, stabilised), of(8, 8));
  }

  /** A module's rank. */
  int rank(ModelModule module) {
    return (int) number("rank_pattern", ranks, module, rank);
  }

  /** The factor of a module's product of matrices. */
  double scaling(ModelModule module) {
    double numerator = number("alpha_pattern", alphas, module, alpha);
    int rank = rank(module);
    return numerator / (stabilised ? Math.sqrt(rank) : rank);
  }

  private static double number(
      String key, Map<String, Double> byPattern, ModelModule module, double otherwise) {
    for (Map.Entry<String, Double> entry : byPattern.entrySet()) {
      if (ConfigJson.patternMatcher(key, entry.getKey()).test(module.path())) {
        return entry.getValue();
      }
    }
    return otherwise;
  }

  /** Writes PEFT's keys. */
  void write(ObjectNode json) {
    json.put("r", rank);
    put(json, "lora_alpha", alpha);
    ObjectNode rankPattern = json.putObject("rank_pattern");
    ranks.forEach((pattern, value) -> put(rankPattern, pattern, value));
    ObjectNode alphaPattern = json.putObject("alpha_pattern");
    alphas.forEach((pattern, value) -> put(alphaPattern, pattern, value));
    json.put("use_rslora", stabilised);
  }

  private static void put(ObjectNode json, String key, double value) {
    if (value == Math.rint(value)) {
      json.put(key, (long) value);
    } else {
      json.put(key, value);
    }
  }
}
