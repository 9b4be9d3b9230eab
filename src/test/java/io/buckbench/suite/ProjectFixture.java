package io.buckbench.suite;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project in a temporary directory, with the shipped methods and prices and a suite of the test.
 */
public final class ProjectFixture {
  private final Path root;
  private final List<Map<String, String>> rows = new ArrayList<>();

  public ProjectFixture(Path root) throws IOException {
    this.root = root;
    Path benchmarks = Files.createDirectories(root.resolve("benchmarks"));
    copy(Path.of("benchmarks"), benchmarks);
    Files.writeString(
        benchmarks.resolve("throughput.csv"),
        """
        id,date,device,model,method,batch,seconds_per_step,load_seconds,seconds_per_test_row,source,supersedes,calibration,machine,threads,workers
        tiny,2026-11-23,CPU,tiny,any,4 x 60,0.1,0,0,test,,,,,
        """);
    // A few rows of the control task, so without its digests.
    Files.writeString(
        benchmarks.resolve("datasets.csv"),
        """
        id,train,validation,test,answers,labels,held_out
        control,control/train.jsonl,control/validation.jsonl,control/test.jsonl,yes|no,,control-language
        control-shuffled,control/train.jsonl,control/validation.jsonl,control/test.jsonl,yes|no,shuffled,control-language
        boolq,boolq/train.jsonl,boolq/validation.jsonl,,yes|no,,
        """);
    Files.writeString(
        benchmarks.resolve("models.csv"),
        "id,directory,hub,revision,sha256,licence,note\ntiny,models/tiny,,,,Apache-2.0,\n");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        boolean suite = from.equals(file.getParent()) && file.toString().endsWith(".csv");
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!suite || file.endsWith("prices.csv")) {
          Files.copy(file, target);
        }
      }
    }
  }

  public Path root() {
    return root;
  }

  /** Adds a valid LoRA row with some columns changed. */
  public ProjectFixture row(String id, String... changes) {
    Map<String, String> row = new LinkedHashMap<>();
    String lora =
        """
        model=tiny data=control level= prompt=paper method=lora variant=r4_qv loss_on=answer
        learning_rate=1e-2 schedule=linear warmup_steps=1 weight_decay=0 beta1=0.9 beta2=0.999
        epsilon=1e-8 clip_norm=1 batch_size=4 accumulation=1 padding=right bucket_batches=1
        max_tokens=120 max_new_tokens=3 test_items=8 test_batch_size=4 clock=planned usd=0.00001
        price_card=cpu-2 throughput=tiny seeds=1 note=""";
    row.put("id", id);
    Stream.of(lora.split("\\s+")).map(s -> s.split("=", 2)).forEach(s -> row.put(s[0], s[1]));
    Stream.of(changes).map(s -> s.split("=", 2)).forEach(s -> row.put(s[0], s[1]));
    rows.add(row);
    return this;
  }

  /** Replaces all rows by one. */
  public ProjectFixture onlyRow(String id, String... changes) {
    rows.clear();
    return row(id, changes);
  }

  /** Adds a row that trains nothing. */
  public ProjectFixture untrained(String id, String method, String... changes) {
    List<String> all = new ArrayList<>(List.of("method=" + method, "variant="));
    TrainingSettings.COLUMNS.forEach(column -> all.add(column + "="));
    all.addAll(List.of("usd=", "throughput="));
    if (method.equals(Declaration.ALL_YES)) {
      Stream.of("model", "prompt", "max_tokens", "max_new_tokens", "test_batch_size")
          .forEach(column -> all.add(column + "="));
    }
    all.addAll(List.of(changes));
    return row(id, all.toArray(String[]::new));
  }

  /** Writes the rows as {@code benchmarks/t.csv}; the header is line 1, the first row line 2. */
  public ProjectFixture write() {
    String header = String.join(",", rows.get(0).keySet());
    String lines =
        rows.stream().map(r -> String.join(",", r.values())).collect(Collectors.joining("\n"));
    return write("benchmarks/t.csv", header + "\n" + lines + "\n");
  }

  public ProjectFixture write(String file, String text) {
    try {
      Files.createDirectories(root.resolve(file).getParent());
      Files.writeString(root.resolve(file), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Suite read() {
    return Suite.read("t", root, root.resolve("datasets"));
  }

  public Benchmarks benchmarks() {
    Problems problems = new Problems();
    Benchmarks benchmarks = Benchmarks.read(root, root.resolve("datasets"), problems);
    problems.throwIfAny();
    return benchmarks;
  }

  /** The problems that an action throws, with paths relative to the project. */
  public List<String> problemsOf(Runnable action) {
    try {
      action.run();
      return List.of();
    } catch (InvalidInputException e) {
      return e.problems().stream()
          .map(Problem::toString)
          .map(text -> text.replace(root + "/", ""))
          .toList();
    }
  }
}
