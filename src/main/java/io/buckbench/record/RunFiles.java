package io.buckbench.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.buckbench.budget.CostLedger;
import io.buckbench.eval.Prediction;
import io.buckbench.input.InvalidInputException;
import io.buckbench.promise.Inspection;
import io.buckbench.promise.PromiseCheck;
import io.buckbench.train.StepMetric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A run record as the files of one folder: {@code run.json} with everything but the two long lists,
 * {@code steps.csv}, {@code predictions.csv}, for people {@code cost.csv}, and {@code SHA256SUMS}
 * over all of them, as {@code sha256sum -c} reads it.
 */
final class RunFiles {
  private static final String RUN = "run.json";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  /** A run record without its long lists; {@code brokenPromises} is for people, not read back. */
  private record Run(
      String suite,
      String configuration,
      long seed,
      RunStatus status,
      String failure,
      Map<String, String> declared,
      Provenance provenance,
      long trainableParameters,
      long totalParameters,
      String trainableSha256,
      Inspection inspection,
      List<String> brokenPromises,
      Truncated truncated,
      CostLedger cost) {

    static Run of(RunRecord record) {
      return new Run(
          record.suite(),
          record.configuration(),
          record.seed(),
          record.status(),
          record.failure(),
          record.declared().columns(),
          record.provenance(),
          record.trainableParameters(),
          record.totalParameters(),
          record.trainableSha256(),
          record.inspection(),
          record.broken().stream().map(PromiseCheck::toString).toList(),
          record.truncated(),
          record.cost());
    }

    RunRecord with(List<StepMetric> steps, List<Prediction> predictions) {
      return new RunRecord(
          suite,
          configuration,
          seed,
          status,
          failure,
          new Declaration(declared),
          provenance,
          trainableParameters,
          totalParameters,
          trainableSha256,
          inspection,
          truncated,
          steps,
          cost,
          predictions);
    }
  }

  private RunFiles() {}

  /** Writes all files of a record into a folder; other files there stay. */
  static void write(Path folder, RunRecord record) {
    try {
      Files.writeString(folder.resolve(RUN), JSON.writeValueAsString(Run.of(record)) + "\n");
      RunTables.writeSteps(folder, record.steps());
      RunTables.writePredictions(folder, record.predictions());
      RunTables.writeCost(folder, record.cost());
      Checksums.write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /**
   * Reads a record back.
   *
   * @throws InvalidInputException if a file is missing or is not what was written
   */
  static RunRecord read(Path folder) {
    Checksums.verify(folder);
    try {
      Run run = JSON.readValue(Files.readString(folder.resolve(RUN)), Run.class);
      return run.with(RunTables.readSteps(folder), RunTables.readPredictions(folder));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          folder.resolve(RUN).toString(),
          "a record that this version cannot read: " + e.getOriginalMessage(),
          "a run record of this version",
          "delete the folder; the trial will be run again",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }
}
