package io.buckbench.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonRecords;
import io.buckbench.input.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run record as the files of one folder: {@code run.json} without the two long lists, which are
 * in {@code steps.csv} and {@code predictions.csv}; {@code cost.csv} and {@code confusion.csv},
 * which are not read back; and {@code SHA256SUMS} of all of them, in the format of {@code
 * sha256sum}.
 */
final class RunFiles {
  private static final String RUN = "run.json";
  private static final String STEPS = "steps.csv";
  private static final String PREDICTIONS = "predictions.csv";
  private static final int COMMIT_DIGITS = 12;
  private static final String EXPECTED = "a run record of this version";

  /** What was trained may have cost much, so it is not to be deleted. */
  private static final String TODO =
      "read it with the program%s that wrote it, or move its folder out of the store: the trial is"
          + " then run again";

  private static final JsonRecords RECORDS =
      new JsonRecords(
          options ->
              options
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
                  .enable(DeserializationFeature.READ_ENUMS_USING_TO_STRING)
                  .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN));

  private RunFiles() {}

  /** Writes all files of a record to a folder; other files in the folder are kept. */
  static void write(Path folder, RunRecord record) {
    try {
      String run = RECORDS.mapper().writeValueAsString(tree(record)) + "\n";
      Files.writeString(folder.resolve(RUN), run);
      Files.writeString(folder.resolve(STEPS), RunTables.steps(record.steps()));
      Files.writeString(
          folder.resolve(PREDICTIONS),
          RunTables.predictions(record.data().answers(), record.predictions()));
      Files.writeString(folder.resolve("cost.csv"), RunTables.cost(record.cost()));
      Files.writeString(folder.resolve("confusion.csv"), RunTables.confusion(record.predictions()));
      Checksums.write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  /** The record without its lists, and its broken promises, which are not read back. */
  private static ObjectNode tree(RunRecord record) {
    ObjectNode run = RECORDS.mapper().valueToTree(record);
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
   * @throws InvalidInputException if a file is missing, has been changed, is of another version, or
   *     contradicts itself
   */
  static RunRecord read(Path folder) {
    Checksums.verify(folder);
    RunRecord record = readRun(folder.resolve(RUN));
    RunRecord whole =
        record.with(
            record.status(),
            record.failure(),
            RunTables.readSteps(folder.resolve(STEPS)),
            RunTables.readPredictions(folder.resolve(PREDICTIONS), record.data().answers()));
    new RunCheck(folder.resolve(RUN), folder.resolve(STEPS)).check(whole);
    return whole;
  }

  private static RunRecord readRun(Path file) {
    StringBuilder commit = new StringBuilder();
    try {
      return RECORDS.read(
          file,
          RunRecord.class,
          EXPECTED,
          TODO,
          run -> {
            run.path("provenance")
                .path("commit")
                .asText("")
                .codePoints()
                .filter(c -> c < 128 && Character.isLetterOrDigit(c))
                .limit(COMMIT_DIGITS)
                .forEach(commit::appendCodePoint);
            run.remove("brokenPromises");
            run.putArray("steps");
            run.putArray("predictions");
          });
    } catch (InvalidInputException e) {
      // Its digests are right, so it is most likely a record of another version of the program.
      String of = commit.isEmpty() ? "" : " of commit " + commit;
      throw new InvalidInputException(
          e.problems().stream()
              .map(p -> new Problem(p.where(), p.found(), p.expected(), TODO.formatted(of)))
              .toList());
    }
  }
}
