package io.buckbench.junit;

import io.buckbench.files.WholeFiles;
import io.buckbench.record.Provenance;
import io.qameta.allure.util.PropertiesUtils;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment table of the Allure report, which describes the machine of the trials. */
final class AllureEnvironment {
  private AllureEnvironment() {}

  /** The folder that Allure writes results to. */
  static Path results() {
    return Path.of(
        PropertiesUtils.loadAllureProperties()
            .getProperty("allure.results.directory", "allure-results"));
  }

  /** Writes {@code environment.properties} atomically. */
  static void write(Provenance provenance, Path results) {
    Map<String, String> values = new TreeMap<>();
    values.put("Commit", provenance.commit() + (provenance.dirty() ? " with changes" : ""));
    values.put("Device class", provenance.deviceClass());
    values.put("Device", provenance.device());
    values.put("Threads", Integer.toString(provenance.threads()));
    values.put("Workers", Integer.toString(provenance.workers()));
    values.putAll(provenance.versions());
    WholeFiles.write(
        results.resolve("environment.properties"),
        text(values).getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Formats properties without the date that {@link Properties#store} writes. */
  private static String text(Map<String, String> values) {
    Properties properties = new Properties();
    properties.putAll(values);
    StringWriter stored = new StringWriter();
    try {
      properties.store(stored, null);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return stored
        .toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
