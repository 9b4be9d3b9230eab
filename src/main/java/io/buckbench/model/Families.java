package io.buckbench.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Every family of decoders that is on the class path, by {@code model_type}. */
public final class Families {
  private static final List<Family> ALL =
      ServiceLoader.load(Family.class, Family.class.getClassLoader()).stream()
          .map(ServiceLoader.Provider::get)
          .sorted(Comparator.comparing(Family::modelType))
          .toList();

  private Families() {}

  /** All families, sorted by their {@code model_type}. */
  public static List<Family> all() {
    return ALL;
  }

  /**
   * The family of a model.
   *
   * @param config its {@code config.json}
   * @throws InvalidInputException for a file that is not one, or of a family that is not here
   */
  public static Family of(Path config) {
    return of(json(config), config.toString());
  }

  static Architecture read(Path config) {
    return read(json(config), config.toString());
  }

  /**
   * A model from the content of a {@code config.json}.
   *
   * @param where the file, for messages
   * @throws InvalidInputException as {@link Architecture#read}
   */
  public static Architecture read(JsonNode config, String where) {
    return of(config, where).read(new ConfigKeys(config, where));
  }

  private static Family of(JsonNode config, String where) {
    String type = config.path("model_type").asText();
    return ALL.stream()
        .filter(family -> family.modelType().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    where + " key model_type",
                    config.path("model_type").toString(),
                    ALL.stream()
                        .map(family -> '"' + family.modelType() + '"')
                        .collect(Collectors.joining(", ")),
                    "choose a model of a known family, or correct the file"));
  }

  private static JsonNode json(Path config) {
    try {
      return new ObjectMapper().readTree(config.toFile());
    } catch (IOException e) {
      throw new InvalidInputException(
          config.toString(), e.getMessage(), "a model's config.json", "give a model directory", e);
    }
  }
}
