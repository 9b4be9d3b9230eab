package io.buckbench.trial;

import io.buckbench.files.Digests;
import io.buckbench.files.WorkTree;
import io.buckbench.input.CsvRow;
import io.buckbench.record.Provenance;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Method;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.PyTorchFlags;
import io.buckbench.tensor.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Determines the provenance of a trial's numbers: machine, program, repository and all inputs. */
final class ProvenanceSource {
  private final Benchmarks benchmarks;
  private final Clock clock;
  private final int workers;
  private final Map<List<Path>, String> digests = new HashMap<>();

  /**
   * @param workers number of processes that run trials at the same time
   */
  ProvenanceSource(Benchmarks benchmarks, Clock clock, int workers) {
    this.benchmarks = benchmarks;
    this.clock = clock;
    this.workers = workers;
  }

  /** The provenance of a trial that starts now. */
  Provenance of(Configuration configuration) {
    return of(configuration, clock.instant());
  }

  /** The provenance of a trial that started earlier. */
  Provenance of(Configuration configuration, Instant startedAt) {
    DeviceClass device = DeviceClass.here(configuration.threads());
    WorkTree tree = new WorkTree(benchmarks.directory());
    Optional<String> commit = tree.commit();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("java", System.getProperty("java.version"));
    versions.put("djl", Torch.djlVersion());
    versions.put("pytorch", Torch.pytorchVersion());
    Optional<Precision> precision = precision(configuration);
    return new Provenance(
        startedAt.truncatedTo(ChronoUnit.SECONDS).toString(),
        commit.orElse("unknown"),
        // Accepting the results of one suite does not affect those of the next.
        commit.isPresent() && !tree.modifiedOutside("golden").isEmpty(),
        Program.command(),
        device.id(),
        device.words(),
        precision.map(CsvRow::name).orElse(""),
        configuration.threads(),
        workers,
        versions,
        PyTorchFlags.values(),
        sha256(configuration, precision));
  }

  private static Optional<Precision> precision(Configuration configuration) {
    return configuration.model().map(m -> configuration.precisionHere());
  }

  /** The provenance of another configuration that the same run served. */
  Provenance of(Configuration configuration, Provenance run) {
    return new Provenance(
        run.startedAt(),
        run.commit(),
        run.dirty(),
        run.command(),
        run.deviceClass(),
        run.device(),
        run.precision(),
        run.threads(),
        run.workers(),
        run.versions(),
        run.pytorchFlags(),
        sha256(configuration, precision(configuration)));
  }

  private Map<String, String> sha256(Configuration configuration, Optional<Precision> precision) {
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put(Provenance.PROGRAM, Program.SHA256);
    inputs.put("row", Digests.ofText(configuration.declared().inputs().toString()));
    inputs.put(
        "budget",
        Digests.ofText(configuration.priceCard() + " " + configuration.throughput().orElse(null)));
    inputs.put("data", ofFiles(benchmarks.dataSets().files(configuration.data())));
    inputs.put("data set", Digests.ofText(benchmarks.dataSets().settings(configuration.data())));
    configuration
        .model()
        .ifPresent(
            model -> {
              inputs.put("model", ofFiles(files(model.directory(), false)));
              inputs.put("tokenizer", ofFiles(files(model.directory(), true)));
            });
    // The precision that "auto" chose. A device class does not determine it: rows can differ.
    precision
        .filter(p -> p != Precision.FLOAT32)
        .ifPresent(p -> inputs.put("precision", Digests.ofText(CsvRow.name(p))));
    configuration
        .prompt()
        .ifPresent(prompt -> inputs.put("prompt", Digests.ofText(prompt.template())));
    // Settings in the row are part of its digest.
    if (!configuration.method().variant().isEmpty()) {
      Method method = configuration.method();
      inputs.put(
          "method", ofFiles(List.of(benchmarks.methodFile(method.name(), method.variant()))));
    }
    return inputs;
  }

  /** The files of a model directory that are read: config.json and weights, or the tokenizer's. */
  private static List<Path> files(Path directory, boolean tokenizer) {
    List<String> names = List.of("tokenizer.json", "vocab.json", "merges.txt");
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                String name = file.getFileName().toString();
                return tokenizer
                    ? names.contains(name)
                    : name.equals("config.json") || name.matches(".*\\.(safetensors|bin)");
              })
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(directory.toString(), e);
    }
  }

  /** Digests are kept: inputs do not change during a run, and a large model takes seconds. */
  private String ofFiles(List<Path> files) {
    return digests.computeIfAbsent(files, Digests::ofFiles);
  }
}
