package io.buckbench.junit;

import io.buckbench.experiment.Provenance;
import io.qameta.allure.util.PropertiesUtils;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report's environment table: what the trials of this run ran on. */
final class AllureEnvironment {
  private AllureEnvironment() {}

  /** Writes it where Allure writes results. */
  static void write(Provenance provenance) {
    write(
        provenance,
        Path.of(
            PropertiesUtils.loadAllureProperties()
                .getProperty("allure.results.directory", "allure-results")));
  }

  /** Writes {@code environment.properties}, whole or not at all. */
  static void write(Provenance provenance, Path results) {
    Map<String, String> values = new TreeMap<>();
    values.put("Commit", provenance.commit() + (provenance.dirty() ? " with changes" : ""));
    values.put("Device class", provenance.deviceClass());
    values.put("Device", provenance.device());
    values.put("Threads", Integer.toString(provenance.threads()));
    values.putAll(provenance.versions());
    try {
      Files.createDirectories(results);
      Path temporary = Files.createTempFile(results, "environment", ".tmp");
      Files.writeString(temporary, text(values), StandardCharsets.ISO_8859_1);
      Files.move(
          temporary,
          results.resolve("environment.properties"),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Properties without the date that {@link Properties#store} puts in front. */
  private static String text(Map<String, String> values) throws IOException {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter stored = new StringWriter();
    properties.store(stored, null);
    return stored
        .toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
