package io.buckbench.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.buckbench.model.Architecture;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.full.FullConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the reference left in one method folder.
 *
 * @param path the folder
 * @param result its result.json, missing where there is none
 */
record CaseFolder(Path path, JsonNode result) {
  static CaseFolder open(Path path) {
    return new CaseFolder(
        path, ReferenceFiles.json(path.resolve("result.json")).orElse(MissingNode.getInstance()));
  }

  /** The tensors of a file, named without {@code .safetensors}. */
  Optional<Map<String, double[]>> tensors(String file) {
    return ReferenceFiles.tensors(path.resolve(file + ".safetensors"));
  }

  /** The method: what the saved adapters declare, or full fine-tuning where none was saved. */
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
