package io.buckbench.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run record as the files of one folder: {@code run.json} without the two long lists, which are
 * in {@code steps.csv} and {@code predictions.csv}; {@code cost.csv}, which is not read back; and
 * {@code SHA256SUMS} of all of them, in the format of {@code sha256sum}.
 */
final class RunFiles {
  private static final String RUN = "run.json";
  private static final String STEPS = "steps.csv";
  private static final String PREDICTIONS = "predictions.csv";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** Reads amounts of dollars with all their digits. */
  private static final ObjectReader EXACT =
      JSON.readerFor(ObjectNode.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private RunFiles() {}

  /** Writes all files of a record to a folder; other files in the folder are kept. */
  static void write(Path folder, RunRecord record) {
    try {
      Files.writeString(folder.resolve(RUN), JSON.writeValueAsString(tree(record)) + "\n");
      Files.writeString(folder.resolve(STEPS), RunTables.steps(record.steps()));
      Files.writeString(
          folder.resolve(PREDICTIONS),
          RunTables.predictions(record.data().answers(), record.predictions()));
      Files.writeString(folder.resolve("cost.csv"), RunTables.cost(record.cost()));
      Checksums.write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /** The record without its lists, and its broken promises, which are not read back. */
  private static ObjectNode tree(RunRecord record) {
    ObjectNode run = JSON.valueToTree(record);
    // Broken promises come after the inspection, before these two.
    ObjectNode last = run.objectNode();
    last.set("truncated", run.remove("truncated"));
    last.set("cost", run.remove("cost"));
    run.remove("steps");
    run.remove("predictions");
    var broken = run.putArray("brokenPromises");
    record.broken().forEach(check -> broken.add(check.toString()));
    return run.setAll(last);
  }

  /**
   * Reads a record.
   *
   * @throws InvalidInputException if a file is missing or has been changed
   */
  static RunRecord read(Path folder) {
    Checksums.verify(folder);
    try {
      ObjectNode run = EXACT.readValue(Files.readString(folder.resolve(RUN)));
      run.remove("brokenPromises");
      run.putArray("steps");
      run.putArray("predictions");
      RunRecord record = JSON.treeToValue(run, RunRecord.class);
      return record.with(
          record.status(),
          record.failure(),
          RunTables.readSteps(folder.resolve(STEPS)),
          RunTables.readPredictions(folder.resolve(PREDICTIONS), record.data().answers()));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          folder.resolve(RUN).toString(),
          "a record that this version cannot read: " + e.getOriginalMessage(),
          "a run record of this version",
          "delete the folder; the trial is run again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }
}
