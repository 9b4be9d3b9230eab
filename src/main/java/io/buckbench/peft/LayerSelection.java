package io.buckbench.peft;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/**
 * PEFT's {@code layers_to_transform} and {@code layers_pattern}: which layers names in {@code
 * target_modules} apply to. A name that is a module's full name applies in any layer.
 *
 * @param layers indices from 0
 * @param patterns what precedes the index in a module's name, as regular expressions of Python;
 *     empty for any name
 */
record LayerSelection(Set<Integer> layers, List<String> patterns) {
  private static final String ANY = ".*?\\.[^.]*\\.(?P<idx>\\d+)\\.";

  LayerSelection {
    layers = new TreeSet<>(layers);
    patterns = List.copyOf(patterns);
  }

  /** Whether a module is in one of the layers. */
  boolean contains(String path) {
    Stream<String> expressions =
        patterns.isEmpty()
            ? Stream.of(ANY)
            : patterns.stream().map(p -> "(?:^|.*?\\.)" + p + "\\.(?P<idx>\\d+)\\.");
    return expressions
        .map(e -> PythonPattern.of("layers_pattern", e).atStartOf(path))
        .filter(Matcher::lookingAt)
        .findFirst()
        .filter(m -> layers.contains(Integer.parseInt(m.group("idx"))))
        .isPresent();
  }

  /**
   * Reads the two keys. As in Python, {@code false} is layer 0 and {@code true} layer 1.
   *
   * @return null if no layers are selected
   */
  static LayerSelection read(ConfigJson json) {
    List<JsonNode> found =
        json.value(
                "layers_to_transform",
                n -> isLayer(n) || n.isArray() && all(n),
                "a layer's index from 0, or a list of them")
            .map(n -> n.isArray() ? list(n) : List.of(n))
            .orElse(List.of());
    List<String> patterns = json.strings("layers_pattern", true);
    if (json.value("layers_to_transform").isEmpty() && !patterns.isEmpty()) {
      json.problem(
          "layers_pattern",
          patterns.toString(),
          "layers_to_transform beside it, as in PEFT",
          "name the layers, or remove the key");
    }
    Set<Integer> layers = new TreeSet<>();
    found.forEach(n -> layers.add(n.isBoolean() ? (n.booleanValue() ? 1 : 0) : n.intValue()));
    return layers.isEmpty() ? null : new LayerSelection(layers, patterns);
  }

  private static boolean isLayer(JsonNode n) {
    return n.isBoolean() || n.canConvertToExactIntegral() && n.canConvertToInt();
  }

  private static boolean all(JsonNode list) {
    return list(list).stream().allMatch(LayerSelection::isLayer);
  }

  private static List<JsonNode> list(JsonNode array) {
    return ((ArrayNode) array).valueStream().toList();
  }

  /** Writes the two keys. */
  void write(ObjectNode json) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    layers.forEach(list::add);
    json.set("layers_to_transform", list);
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    patterns.forEach(names::add);
    json.set("layers_pattern", patterns.isEmpty() ? JsonNodeFactory.instance.nullNode() : names);
  }
}
