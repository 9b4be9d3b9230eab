package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import io.buckbench.input.JsonObject;
import io.buckbench.model.Architecture;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.full.FullConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reference's files in one method folder.
 *
 * @param path the folder
 * @param numbers its result.json, if it exists
 */
record CaseFolder(Path path, Optional<JsonObject> numbers) {
  static CaseFolder open(Path path) {
    return new CaseFolder(
        path,
        Optional.of(path.resolve("result.json")).filter(Files::exists).map(ReferenceFiles::json));
  }

  /** A value of result.json, if the reference has it. */
  Optional<JsonNode> result(String key) {
    return numbers.flatMap(json -> json.value(key));
  }

  /** The tensors of a file, named without {@code .safetensors}. */
  Optional<Map<String, double[]>> tensors(String file) {
    return ReferenceFiles.tensors(path.resolve(file + ".safetensors"));
  }

  /** The settings of the saved adapters, or full fine-tuning if there is no saved adapter. */
  MethodConfig config(Architecture model) {
    for (String directory : List.of("adapter_init", "adapter_final")) {
      Path file = path.resolve(directory).resolve("adapter_config.json");
      if (Files.exists(file)) {
        MethodConfig config = MethodConfig.read(file);
        config.check(model);
        return config;
      }
    }
    return new FullConfig();
  }
}
