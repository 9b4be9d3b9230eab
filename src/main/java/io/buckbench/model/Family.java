package io.buckbench.model;

import io.buckbench.input.JsonObject;
import java.util.List;

/**
 * A family of decoders: one folder below this package and one line in {@code
 * META-INF/services/io.buckbench.model.Family}, and nothing else.
 */
public interface Family {
  /** The {@code model_type} of its {@code config.json}. */
  String modelType();

  /**
   * A model of the family.
   *
   * @param config its {@code config.json}
   * @throws io.buckbench.input.InvalidInputException with every key that is missing, ill-typed or
   *     of a variant that is not computed
   */
  Architecture read(JsonObject config);

  /** The names of its linear modules, as {@code target_modules} spells them. */
  List<String> moduleNames();

  /**
   * The modules of {@link Architecture.TargetDefaults#ia3FeedForward}, the same for all its models.
   */
  List<String> ia3FeedForward();

  /** The files of a published model that loading it and its tokenizer takes. */
  List<String> publishedFiles();
}
