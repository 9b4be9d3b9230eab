package io.buckbench.junit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.files.WholeFiles;
import io.buckbench.record.Provenance;
import io.qameta.allure.util.PropertiesUtils;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The files about a whole run that Allure reads next to the results.
 *
 * @param results the folder of the results
 */
public record ReportFiles(Path results) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In the folder that Allure writes results to. */
  public static ReportFiles standard() {
    return new ReportFiles(
        Path.of(
            PropertiesUtils.loadAllureProperties()
                .getProperty("allure.results.directory", "allure-results")));
  }

  /**
   * Writes {@code categories.json} and {@code executor.json}.
   *
   * @param report the name of the report
   * @param commit names a build outside of a CI
   * @param order of a build outside of a CI, from 1
   */
  public void begin(String report, String commit, long order) {
    json("categories.json", Concern.categories());
    json("executor.json", new Executor(System.getenv()).json(report, commit, order));
  }

  /**
   * Writes {@code environment.properties}: what was found, then the machine of the trials. Allure
   * keeps this order.
   */
  void environment(Map<String, String> found, Provenance provenance) {
    Map<String, String> values = new LinkedHashMap<>(found);
    values.put("Commit", provenance.commit() + (provenance.dirty() ? " with changes" : ""));
    values.put("Device class", provenance.deviceClass());
    values.put("Device", provenance.device());
    values.put("Threads", Integer.toString(provenance.threads()));
    values.put("Workers", Integer.toString(provenance.workers()));
    values.putAll(new TreeMap<>(provenance.versions()));
    StringBuilder text = new StringBuilder();
    values.forEach((name, value) -> text.append(property(name, value)).append('\n'));
    WholeFiles.write(
        results.resolve("environment.properties"),
        text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** One escaped line, without the date that {@link Properties#store} writes. */
  private static String property(String name, String value) {
    Properties one = new Properties();
    one.put(name, value);
    StringWriter stored = new StringWriter();
    try {
      one.store(stored, null);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return stored
        .toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .findFirst()
        .orElseThrow();
  }

  private void json(String name, Object content) {
    try {
      WholeFiles.write(results.resolve(name), JSON.writeValueAsString(content) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(name + " is plain data", e);
    }
  }
}
