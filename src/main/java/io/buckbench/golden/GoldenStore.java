package io.buckbench.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.Answers;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonRecords;
import io.buckbench.record.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accepted results: one file for each suite and device class, {@code <suite>.<device
 * class>.json}, with one value on each line so that changes are readable in a diff.
 *
 * @param folder the folder of the files, {@code golden/}
 */
public record GoldenStore(Path folder) {
  /** The name of the column {@link Declaration#TEST_ITEMS} in format 2. */
  private static final String FORMER_TEST_ITEMS = "test_rows";

  private static final JsonRecords RECORDS = new JsonRecords(options -> {});

  /** The file for a suite and a device class. */
  public Path file(String suite, String deviceClass) {
    return folder.resolve(suite + "." + deviceClass + ".json");
  }

  /**
   * The accepted results of a suite: those of the device class if there is a file for it, otherwise
   * those of another one (the first by name), with which only statistics can be compared.
   */
  public Optional<SuiteResults> find(String suite, String deviceClass) {
    Path exact = file(suite, deviceClass);
    if (Files.exists(exact)) {
      return Optional.of(read(exact));
    }
    return files(suite).stream().findFirst().map(GoldenStore::read);
  }

  /**
   * The date on which results were accepted, from their line in {@code CHANGES.md}.
   *
   * @return for example {@code 2026-11-26}; empty if the file has no line for them
   */
  public Optional<String> acceptedOn(SuiteResults results) {
    Path changes = folder.resolve("CHANGES.md");
    if (!Files.isRegularFile(changes)) {
      return Optional.empty();
    }
    String of =
        " %s, %s, commit %s:"
            .formatted(results.suite(), results.deviceClass(), results.shortCommit());
    try {
      return Files.readAllLines(changes).stream()
          .filter(line -> line.startsWith("- ") && line.contains(of))
          .map(line -> line.substring(2, line.indexOf(of)))
          .reduce((earlier, later) -> later);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + changes, e);
    }
  }

  /** The results of exactly one device class; empty if there are none or they cannot be read. */
  Optional<SuiteResults> readable(String suite, String deviceClass) {
    Path file = file(suite, deviceClass);
    try {
      return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  private List<Path> files(String suite) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().startsWith(suite + "."))
          .filter(f -> f.getFileName().toString().endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /**
   * Reads a golden file.
   *
   * @throws InvalidInputException naming file and key, if it is missing, malformed, in an unknown
   *     format, or contradicts itself
   */
  public static SuiteResults read(Path file) {
    SuiteResults results =
        RECORDS.read(
            file,
            SuiteResults.class,
            "a golden file as -Dgolden=accept writes it",
            "restore it from version control; golden files are not edited by hand",
            GoldenStore::upgrade);
    if (results.format() != SuiteResults.FORMAT) {
      throw new InvalidInputException(
          file + " key format",
          Integer.toString(results.format()),
          "a format from 1 to " + SuiteResults.FORMAT,
          "accept the suite again with this version");
    }
    new GoldenCheck(file).check(results);
    return results;
  }

  /**
   * Converts the formats 1 and 2, which {@link SuiteResults#format} describes. The answers of a
   * test set that does not name them are yes and no.
   */
  private static void upgrade(ObjectNode file) {
    for (JsonNode set : file.path("testSets")) {
      if (set instanceof ObjectNode object && !object.has("answers")) {
        object.set("answers", RECORDS.mapper().valueToTree(Answers.YES_NO));
      }
    }
    int format = file.path("format").asInt();
    if (format != 1 && format != 2) {
      return;
    }
    file.put("format", SuiteResults.FORMAT);
    for (JsonNode row : file.path("rows")) {
      if (format == 1 && row instanceof ObjectNode object) {
        object.putObject("declared");
      } else if (row.path("declared") instanceof ObjectNode declared
          && declared.has(FORMER_TEST_ITEMS)) {
        declared.set(Declaration.TEST_ITEMS, declared.remove(FORMER_TEST_ITEMS));
      }
    }
  }

  /** Writes results atomically and returns their file. */
  public Path write(SuiteResults results) {
    Path file = file(results.suite(), results.deviceClass());
    WholeFiles.write(file, text(results));
    return file;
  }

  /** The content of a file: keys in the order of the records, one value a line, {@code \n} ends. */
  static String text(SuiteResults results) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    ObjectWriter writer =
        RECORDS
            .mapper()
            .writer(new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines));
    try {
      return writer.writeValueAsString(results) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results are plain data", e);
    }
  }
}
