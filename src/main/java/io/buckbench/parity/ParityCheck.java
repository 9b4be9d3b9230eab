package io.buckbench.parity;

import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.Architecture;
import io.buckbench.model.CausalLM;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.AdapterDirectory;
import io.buckbench.peft.MethodConfig;
import io.buckbench.peft.PeftMethod;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares BuckBench's numbers with a directory of reference numbers. The directory contains {@code
 * model/}, {@code batches.json} and a folder for each method ({@code full} for full fine-tuning).
 * Files may be missing from a folder; those that exist are compared. The model may have any size.
 */
public final class ParityCheck {
  private ParityCheck() {}

  /**
   * Compares every method folder of a directory.
   *
   * @throws InvalidInputException if it has another layout, or a file in it cannot be used
   */
  public static ParityReport run(Path directory) {
    return run(directory, TrainingComparison.STARTS);
  }

  /** Compares every method folder of a directory, with fewer starts of a training. */
  static ParityReport run(Path directory, int starts) {
    List<ParityRow> rows = new ArrayList<>();
    for (Path folder : folders(directory)) {
      rows.addAll(runCase(directory, folder.getFileName().toString(), starts));
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          directory.toString(),
          "no method folder with anything to compare",
          "folders such as lora_qv_r4 or full next to model/ and batches.json",
          "use a directory with the layout described in parity/README.md");
    }
    return new ParityReport(Torch.deviceName(), rows);
  }

  /** Compares one method folder. */
  public static List<ParityRow> runCase(Path directory, String method) {
    return runCase(directory, method, TrainingComparison.STARTS);
  }

  private static List<ParityRow> runCase(Path directory, String method, int starts) {
    Map<String, TokenBatch> batches = ReferenceFiles.batches(directory.resolve("batches.json"));
    try (CausalLM base = base(directory)) {
      String name = directory.toAbsolutePath().normalize().getFileName() + "/" + method;
      return new ParityCase(
              name, CaseFolder.open(directory.resolve(method)), new Computed(base, batches))
          .compare(starts);
    }
  }

  /**
   * Saves the adapters of a directory, with the reference's values, as {@link AdapterDirectory}
   * writes them, so that PEFT can load them.
   *
   * @param target gets a folder for each method folder with an adapter and its values
   */
  public static void save(Path directory, Path target) {
    try (CausalLM base = base(directory)) {
      for (Path path : folders(directory)) {
        CaseFolder folder = CaseFolder.open(path);
        Optional<Map<String, double[]>> values = folder.tensors("init");
        MethodConfig config = folder.config(base.architecture());
        if (values.isPresent() && config.method() != PeftMethod.FULL) {
          try (Adapter adapter = config.attach(base, 0)) {
            Computed.set(adapter.parameters(), values.get(), path + "/init.safetensors");
            AdapterDirectory.save(
                target.resolve(path.getFileName()),
                adapter,
                base.architecture(),
                directory.resolve("model").toString());
          }
        }
      }
    }
  }

  private static CausalLM base(Path directory) {
    Path model = directory.resolve("model");
    // The reference's numbers were computed without dropout.
    Architecture architecture = Architecture.read(model).withoutDropout();
    try (NamedTensors tensors = Checkpoint.open(model)) {
      return CausalLM.load(architecture, tensors, Precision.FLOAT32, true);
    }
  }

  /** The folders of a directory that contain numbers of the reference, sorted. */
  public static List<Path> folders(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(
              p ->
                  Files.exists(p.resolve("init.safetensors"))
                      || Files.exists(p.resolve("result.json"))
                      || Files.exists(p.resolve("adapter_init").resolve("adapter_config.json")))
          .sorted()
          .toList();
    } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
      throw new InvalidInputException(
          directory.toString(), "no such directory", "a parity directory", "check the path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }
}
