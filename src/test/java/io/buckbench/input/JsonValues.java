package io.buckbench.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The values of a JSON document, to change them one at a time. */
public final class JsonValues {
  private JsonValues() {}

  /** The place of every value below the root. */
  public static List<JsonPointer> of(JsonNode root) {
    List<JsonPointer> places = new ArrayList<>();
    collect(root, JsonPointer.empty(), places);
    return places;
  }

  private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
    if (!at.matches()) {
      places.add(at);
    }
    if (node.isObject()) {
      node.properties().forEach(e -> collect(e.getValue(), at.appendProperty(e.getKey()), places));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(node.get(i), at.appendIndex(i), places);
    }
  }

  /** Values that may not stand in the place of another: null and one of another type. */
  public static List<JsonNode> others(JsonMapper json, JsonNode value) {
    JsonNode type =
        value.isTextual() ? json.createArrayNode() : json.getNodeFactory().textNode("z");
    return List.of(json.getNodeFactory().nullNode(), type);
  }

  /** A copy with another value; {@link MissingNode} removes it. */
  public static JsonNode with(JsonNode root, JsonPointer place, JsonNode value) {
    JsonNode copy = root.deepCopy();
    JsonNode parent = copy.at(place.head());
    if (parent instanceof ArrayNode array) {
      array.set(place.last().getMatchingIndex(), value);
    } else if (value.isMissingNode()) {
      ((ObjectNode) parent).remove(place.last().getMatchingProperty());
    } else {
      ((ObjectNode) parent).set(place.last().getMatchingProperty(), value);
    }
    return copy;
  }
}
