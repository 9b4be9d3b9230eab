package io.buckbench.rehearsal;

import io.buckbench.files.CsvText;
import io.buckbench.files.Folders;
import io.buckbench.files.WholeFiles;
import io.buckbench.findings.Hypotheses;
import io.buckbench.input.CsvRow;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.record.RunStore;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.DataSets;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Models;
import io.buckbench.suite.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The project of a rehearsal: declarations, models and records. Its suite has the configurations of
 * the rehearsed one with fewer steps, test items, held-out texts and seeds, and with random models
 * in place of the real ones; the other columns are unchanged. Its hypotheses are those of the
 * rehearsed suite.
 *
 * @param declared the project that is rehearsed
 * @param options settings of the rehearsal
 */
record RehearsalProject(Benchmarks declared, RehearsalOptions options) {
  /** Suffix of a model id, so that no adapter of a rehearsal names a real model as its base. */
  private static final String RANDOM = "-random";

  /** Texts whose perplexity is computed; a real run computes it on many more. */
  private static final int HELD_OUT_TEXTS = 4;

  private static final String HYPOTHESES = "hypotheses.csv";

  /** The random model that replaces a real one. */
  RandomModel random(ModelEntry model) {
    return new RandomModel(
        options.out().resolve("models").resolve(model.id() + RANDOM),
        declared.directory().resolve("shapes").resolve(model.id()),
        options.tokenizer(),
        options.seed());
  }

  /** The random models that a suite needs, each once. */
  List<RandomModel> models(Suite suite) {
    return suite.configurations().stream()
        .flatMap(row -> row.model().stream())
        .distinct()
        .map(this::random)
        .toList();
  }

  /** The suite file. Its presence identifies the directory of a rehearsal. */
  Path suiteFile(Suite suite) {
    return benchmarks().resolve(Rehearsal.name(suite.name()) + ".csv");
  }

  RunStore store() {
    return new RunStore(options.out().resolve("target").resolve("runs"));
  }

  private Path benchmarks() {
    return options.out().resolve("benchmarks");
  }

  /** Writes the declarations. Equal declarations give equal bytes. */
  void write(Suite suite) {
    Path benchmarks = benchmarks();
    // First, so that an interrupted run can be continued.
    WholeFiles.write(suiteFile(suite), rows(suite));
    for (String file : List.of("prices.csv", "throughput.csv")) {
      copy(declared.directory().resolve(file), benchmarks.resolve(file));
    }
    for (String folder : List.of("methods", "prompts")) {
      Path from = declared.directory().resolve(folder);
      for (Path file : Folders.files(from)) {
        copy(file, benchmarks.resolve(folder).resolve(from.relativize(file).toString()));
      }
    }
    WholeFiles.write(benchmarks.resolve("datasets.csv"), dataSets());
    WholeFiles.write(benchmarks.resolve("models.csv"), modelRows(suite));
    WholeFiles.write(benchmarks.resolve(HYPOTHESES), hypotheses(suite));
  }

  private static void copy(Path from, Path to) {
    try {
      WholeFiles.write(to, Files.readString(from));
    } catch (IOException e) {
      throw new UncheckedIOException(from.toString(), e);
    }
  }

  private String rows(Suite suite) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (Configuration configuration : suite.configurations()) {
      Map<String, String> row = new LinkedHashMap<>(configuration.declared().columns());
      row.computeIfPresent(Declaration.MODEL, (column, id) -> id.isEmpty() ? "" : id + RANDOM);
      row.put(
          Declaration.TEST_ITEMS, Math.min(configuration.testItems(), options.testItems()) + "");
      row.put(Configuration.MAX_STEPS, configuration.method().trains() ? options.steps() + "" : "");
      row.put(Declaration.SEEDS, options.seed() + "");
      row.put(Declaration.NOTE, Rehearsal.NOTICE);
      rows.add(row);
    }
    return csv(rows.get(0).keySet(), rows);
  }

  /** The data sets, with a few held-out texts. */
  private String dataSets() {
    Problems problems = new Problems();
    List<Map<String, String>> rows = new ArrayList<>();
    for (CsvRow declared :
        DataSets.table(declared().directory().resolve("datasets.csv"), problems).rows()) {
      Map<String, String> row = new LinkedHashMap<>(declared.values());
      row.put(DataSets.HELD_OUT_TEXTS, HELD_OUT_TEXTS + "");
      rows.add(row);
    }
    problems.throwIfAny();
    return csv(rows.get(0).keySet(), rows);
  }

  private String modelRows(Suite suite) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (RandomModel model : models(suite)) {
      Map<String, String> row = new LinkedHashMap<>();
      Models.COLUMNS.forEach(column -> row.put(column, ""));
      row.put("id", model.directory().getFileName().toString());
      row.put("directory", options.out().relativize(model.directory()).toString());
      row.put("licence", "none: random numbers");
      row.put("note", Rehearsal.NOTICE);
      rows.add(row);
    }
    return csv(Models.COLUMNS, rows);
  }

  /**
   * Reads the hypotheses about all suites.
   *
   * @throws io.buckbench.input.InvalidInputException if the file is missing or malformed
   */
  List<CsvRow> readHypotheses() {
    return Hypotheses.rows(declared.directory().resolve(HYPOTHESES));
  }

  /** The hypotheses about the suite, applied to its rehearsal, so that judging is rehearsed too. */
  private String hypotheses(Suite suite) {
    List<Map<String, String>> rows = new ArrayList<>();
    for (CsvRow stated : readHypotheses()) {
      if (List.of(stated.text("suites").split("\\s*\\|\\s*")).contains(suite.name())) {
        Map<String, String> row = new LinkedHashMap<>(stated.values());
        row.put("suites", Rehearsal.name(suite.name()));
        rows.add(row);
      }
    }
    return csv(Hypotheses.COLUMNS, rows);
  }

  private static String csv(Collection<String> columns, List<Map<String, String>> rows) {
    CsvText csv = new CsvText(columns);
    rows.forEach(row -> csv.row(columns.stream().map(row::get).toList()));
    return "# " + Rehearsal.NOTICE + "\n" + csv;
  }
}
