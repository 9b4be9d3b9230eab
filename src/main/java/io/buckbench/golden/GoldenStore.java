package io.buckbench.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.data.Answers;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InvalidInputException;
import io.buckbench.record.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

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
   * @throws InvalidInputException if it is missing, malformed or in an unknown format
   */
  public static SuiteResults read(Path file) {
    try {
      SuiteResults results = JSON.readValue(upgraded(Files.readString(file)), SuiteResults.class);
      if (results.format() != SuiteResults.FORMAT) {
        throw new InvalidInputException(
            file + " key format",
            Integer.toString(results.format()),
            "a format from 1 to " + SuiteResults.FORMAT,
            "accept the suite again with this version");
      }
      return results;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new InvalidInputException(
          file + ":" + line,
          e.getOriginalMessage(),
          "a golden file as -Dgolden=accept writes it",
          "restore it from version control; golden files are not edited by hand",
          e);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          file.toString(), "no such file", "a golden file", "check the name", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * Converts the formats 1 and 2, which {@link SuiteResults#format} describes. The answers of a
   * test set that does not name them are yes and no.
   */
  private static String upgraded(String text) throws JsonProcessingException {
    JsonNode file = JSON.readTree(text);
    int format = file.path("format").asInt();
    if (format == 1 || format == 2) {
      ((ObjectNode) file).put("format", SuiteResults.FORMAT);
      file.path("rows").forEach(row -> upgradeRow((ObjectNode) row, format));
    }
    for (JsonNode set : file.path("testSets")) {
      if (!set.has("answers")) {
        ((ObjectNode) set).set("answers", JSON.valueToTree(Answers.YES_NO));
      }
    }
    return JSON.writeValueAsString(file);
  }

  private static void upgradeRow(ObjectNode row, int format) {
    if (format == 1) {
      row.putObject("declared");
    } else if (row.path("declared").has(FORMER_TEST_ITEMS)) {
      ObjectNode declared = (ObjectNode) row.path("declared");
      declared.set(Declaration.TEST_ITEMS, declared.remove(FORMER_TEST_ITEMS));
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
        JSON.writer(new DefaultPrettyPrinter().withArrayIndenter(lines).withObjectIndenter(lines));
    try {
      return writer.writeValueAsString(results) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results are plain data", e);
    }
  }
}
