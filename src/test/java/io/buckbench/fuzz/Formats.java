package io.buckbench.fuzz;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.checkpoint.Checkpoint;
import io.buckbench.checkpoint.NamedTensors;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.StateDictBytes;
import io.buckbench.checkpoint.hub.FetchLock;
import io.buckbench.data.TestData;
import io.buckbench.data.bpe.BpeVocabulary;
import io.buckbench.files.Folders;
import io.buckbench.findings.Hypotheses;
import io.buckbench.findings.RunFixtures;
import io.buckbench.golden.GoldenStore;
import io.buckbench.golden.SuiteResults;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.peft.MethodConfig;
import io.buckbench.record.Checksums;
import io.buckbench.record.RunRecord;
import io.buckbench.record.RunStore;
import io.buckbench.report.PaperTable;
import io.buckbench.suite.Models;
import io.buckbench.suite.ProjectFixture;
import io.buckbench.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Every format that is read from files of others, with small files as seeds. */
final class Formats implements AutoCloseable {
  private static final Path PARITY = Path.of("src/test/resources/parity/A");

  private final Path work;
  private final List<Format> all = new ArrayList<>();
  private final TokenizerClient tokenizers = new TokenizerClient();

  /**
   * @param work a folder for files that the readers need besides the fuzzed one
   */
  Formats(Path work) throws IOException {
    this.work = work;
    weights();
    models();
    tables();
    results();
  }

  List<Format> all() {
    return List.copyOf(all);
  }

  private void add(String name, Format.Kind kind, List<byte[]> seeds, Format.Reader reader) {
    all.add(new Format(name, kind, seeds, reader));
  }

  /** A format whose reader takes one file. */
  private void add(
      String name, Format.Kind kind, String file, List<byte[]> seeds, Consumer<Path> reader) {
    add(
        name,
        kind,
        seeds,
        (folder, content) -> reader.accept(Files.write(folder.resolve(file), content)));
  }

  private static List<byte[]> files(Path... files) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : files) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  private static List<byte[]> texts(String... texts) {
    return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
  }

  private void weights() throws IOException {
    Path safetensors = work.resolve("a.safetensors");
    Path zip = work.resolve("a.bin");
    Safetensors.write(safetensors, StateDictBytes.example(), Map.of("format", "pt"));
    StateDictBytes.write(zip, StateDictBytes.example());
    add("safetensors", Format.Kind.BYTES, "model.safetensors", files(safetensors), Formats::load);
    add("torch-zip", Format.Kind.BYTES, "pytorch_model.bin", files(zip), Formats::load);
    add(
        "torch-legacy",
        Format.Kind.BYTES,
        "pytorch_model.bin",
        List.of(StateDictBytes.legacyExample()),
        Formats::load);
    byte[] shard = Files.readAllBytes(safetensors);
    String names =
        StateDictBytes.example().keySet().stream()
            .map(name -> "\"" + name + "\":\"shard.safetensors\"")
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    add(
        "weights-index",
        Format.Kind.JSON,
        texts("{\"metadata\":{\"total_size\":1},\"weight_map\":{" + names + "}}"),
        (folder, content) -> {
          Files.write(folder.resolve("shard.safetensors"), shard);
          load(Files.write(folder.resolve("model.safetensors.index.json"), content));
        });
  }

  private static void load(Path file) {
    try (NamedTensors tensors = Checkpoint.open(file.getParent())) {
      tensors.names().forEach(tensors::floats);
    }
  }

  private void models() throws IOException {
    List<byte[]> configs = new ArrayList<>(files(PARITY.resolve("model/config.json")));
    Folders.files(Path.of("benchmarks/shapes")).stream()
        .filter(file -> file.endsWith("config.json"))
        .limit(8)
        .forEach(file -> configs.add(read(file)));
    add(
        "config-json",
        Format.Kind.JSON,
        "config.json",
        configs,
        file -> {
          Architecture model = Architecture.read(file.getParent());
          model.weights().size();
          model.linearModules().size();
        });
    List<byte[]> methods =
        Folders.files(Path.of("benchmarks/methods")).stream()
            .filter(file -> file.toString().endsWith(".json"))
            .map(Formats::read)
            .toList();
    add("adapter-config", Format.Kind.JSON, "adapter_config.json", methods, MethodConfig::read);
    Path tokenizer = work.resolve("tokenizer.json");
    SmallTokenizer.write(tokenizer);
    add(
        "tokenizer-json",
        Format.Kind.JSON,
        files(tokenizer),
        (folder, content) ->
            tokenizers.open(Files.write(folder.resolve("tokenizer.json"), content)));
    Path vocabulary = work.resolve("vocab.json");
    Path merges = work.resolve("merges.txt");
    SmallTokenizer.writePublished(vocabulary, merges);
    add(
        "vocab-json",
        Format.Kind.JSON,
        files(vocabulary),
        (folder, content) ->
            BpeVocabulary.read(
                Files.write(folder.resolve("vocab.json"), content),
                Files.copy(merges, folder.resolve("merges.txt")),
                SmallTokenizer.SPECIAL));
    add(
        "merges-txt",
        Format.Kind.BYTES,
        "merges.txt",
        files(merges),
        file -> BpeVocabulary.read(vocabulary, file, SmallTokenizer.SPECIAL));
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tables() throws IOException {
    String rows =
        Files.readString(Path.of("datasets/control/test.jsonl"))
            .lines()
            .limit(3)
            .reduce((a, b) -> a + "\n" + b)
            .orElseThrow();
    add("json-lines", Format.Kind.JSON_LINES, "rows.jsonl", texts(rows + "\n"), TestData::yesNo);
    ProjectFixture project = new ProjectFixture(work.resolve("project"));
    project.row("lora", "seeds=1 2").untrained("yes", "all-yes").write();
    add(
        "suite-csv",
        Format.Kind.CSV,
        "suite.csv",
        files(project.root().resolve("benchmarks/t.csv")),
        file -> {
          Problems problems = new Problems();
          Suite.read(file, project.benchmarks(), problems);
          problems.throwIfAny();
        });
    table("prices", Path.of("benchmarks/prices.csv"), PriceCards::read);
    table("throughput", Path.of("benchmarks/throughput.csv"), Throughputs::read);
    table("hypotheses", Path.of("benchmarks/hypotheses.csv"), Hypotheses::read);
    table("paper-table", Path.of("benchmarks/paper-table1.csv"), PaperTable::read);
    table(
        "models",
        Path.of("benchmarks/models.csv"),
        file -> {
          Problems problems = new Problems();
          Models.read(file, file.getParent(), problems);
          problems.throwIfAny();
        });
    add(
        "fetch-lock",
        Format.Kind.BYTES,
        "fetch.lock",
        texts("# comment\n" + "0123456789abcdef".repeat(4) + "  a/b main config.json\n"),
        FetchLock::read);
  }

  /** The first lines of a table of the project. */
  private void table(String name, Path file, Consumer<Path> reader) throws IOException {
    String head =
        Files.readString(file).lines().limit(12).reduce((a, b) -> a + "\n" + b).orElseThrow();
    add(name, Format.Kind.CSV, name + ".csv", texts(head + "\n"), reader);
  }

  private void results() throws IOException {
    List<RunRecord> runs = RunFixtures.row("lora_8", 3, 4);
    Path golden = new GoldenStore(work.resolve("golden")).write(SuiteResults.of(runs, List.of()));
    add("golden", Format.Kind.JSON, "a.json", files(golden), GoldenStore::read);
    RunRecord run = runs.get(0);
    RunStore store = new RunStore(work.resolve("runs"));
    try (RunStore.Draft draft = store.draft()) {
      draft.commit(run);
    }
    Path record = store.directory(run.id());
    for (String file : List.of("run.json", "steps.csv", "predictions.csv", "SHA256SUMS")) {
      Format.Kind kind =
          file.endsWith(".json")
              ? Format.Kind.JSON
              : file.endsWith(".csv") ? Format.Kind.CSV : Format.Kind.BYTES;
      add(
          "record-" + file.replace('.', '-'),
          kind,
          files(record.resolve(file)),
          (folder, content) -> {
            RunStore forged = new RunStore(folder);
            Path there = forged.directory(run.id());
            Folders.copy(record, there);
            Files.write(there.resolve(file), content);
            if (!file.equals("SHA256SUMS")) {
              Checksums.write(there);
            }
            forged.read(run.suite());
          });
    }
  }

  @Override
  public void close() {
    tokenizers.close();
  }
}
