package io.buckbench.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The past runs of a suite, one JSON object a line, the newest last.
 *
 * @param suite the suite's name
 * @param file need not exist
 */
public record History(String suite, Path file) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * The history of a suite.
   *
   * @param golden the folder of the accepted results
   */
  public static History of(Path golden, String suite) {
    return new History(suite, golden.resolve("history").resolve(suite + ".jsonl"));
  }

  /**
   * All runs, oldest first; none without the file.
   *
   * @throws InvalidInputException with every line that is not a run
   */
  public List<PastRun> runs() {
    List<PastRun> runs = new ArrayList<>();
    Problems problems = new Problems();
    List<String> lines = text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      try {
        runs.add(JSON.readValue(lines.get(i), PastRun.class));
      } catch (JsonProcessingException e) {
        problems.add(
            file + ":" + (i + 1),
            e.getOriginalMessage(),
            "a run as -Dbuckbench.history writes it",
            "restore the line from version control, or delete it");
      }
    }
    problems.throwIfAny();
    return runs;
  }

  /** The runs of one device class, oldest first: only their numbers form a curve. */
  public List<PastRun> runs(String deviceClass) {
    return runs().stream().filter(run -> run.deviceClass().equals(deviceClass)).toList();
  }

  /** The runs of one device class whose results were accepted, oldest first. */
  public List<PastRun> accepted(String deviceClass) {
    return runs(deviceClass).stream().filter(PastRun::wasAccepted).toList();
  }

  /**
   * Adds a run as the last line, unless it already is the last one: a build that only judges
   * recorded trials again is not another run. Earlier lines are not touched.
   *
   * @return whether a line was added
   */
  public boolean append(PastRun run) {
    String before = text();
    String line = line(run);
    if (before.endsWith(line)) {
      return false;
    }
    WholeFiles.write(file, before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line);
    return true;
  }

  private String text() {
    return Files.exists(file)
        ? InputText.read(file, "the past runs of a suite", "restore it from version control")
        : "";
  }

  private static String line(PastRun run) {
    try {
      return JSON.writeValueAsString(run) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a run is plain data", e);
    }
  }
}
