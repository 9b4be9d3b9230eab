package io.buckbench.model;

import io.buckbench.input.JsonObject;
import java.util.List;

/**
 * A family of decoders. Adding one takes a subpackage and a line in {@code
 * META-INF/services/io.buckbench.model.Family}.
 */
public interface Family {
  /** The {@code model_type} of its {@code config.json}. */
  String modelType();

  /**
   * Reads a model of the family.
   *
   * @param config its {@code config.json}
   * @throws io.buckbench.input.InvalidInputException with every key that is missing, has a value of
   *     the wrong type or selects an unsupported variant
   */
  Architecture read(JsonObject config);

  /** The {@link Architecture.TargetDefaults#ia3FeedForward} of all its models. */
  List<String> ia3FeedForward();

  /**
   * The files of a published model that are required to load it and its tokenizer. The weight file
   * may be published in another of {@link io.buckbench.checkpoint.Checkpoint}'s formats.
   */
  List<String> publishedFiles();

  /** Further files that some of its models are published with, and that are read if they exist. */
  default List<String> optionalFiles() {
    return List.of();
  }
}
