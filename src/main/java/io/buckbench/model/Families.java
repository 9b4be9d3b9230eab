package io.buckbench.model;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The decoder families on the class path, by {@code model_type}. */
public final class Families {
  private static final String TODO = "correct the file, or use another model's directory";
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
   * @throws InvalidInputException if it is not such a file, or its family is unknown
   */
  public static Family of(Path config) {
    return of(JsonObject.read(config, "a model's config.json", TODO));
  }

  static Architecture read(Path config) {
    return read(JsonObject.read(config, "a model's config.json", TODO));
  }

  /**
   * Reads a model from the content of a {@code config.json}.
   *
   * @param place the file, for messages
   * @throws InvalidInputException as {@link Architecture#read}
   */
  public static Architecture read(String place, byte[] utf8) {
    return read(JsonObject.parse(place, utf8, TODO));
  }

  private static Architecture read(JsonObject config) {
    return of(config).read(config);
  }

  private static Family of(JsonObject config) {
    String known =
        ALL.stream()
            .map(family -> '"' + family.modelType() + '"')
            .collect(Collectors.joining(", "));
    Optional<Family> family =
        config
            .required("model_type", n -> named(n.asText()).isPresent(), known)
            .flatMap(n -> named(n.asText()));
    config.throwIfAny();
    return family.orElseThrow();
  }

  private static Optional<Family> named(String modelType) {
    return ALL.stream().filter(family -> family.modelType().equals(modelType)).findFirst();
  }
}
