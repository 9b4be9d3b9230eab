package io.buckbench.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.buckbench.files.Digests;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.InputText;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.JsonObject;
import io.buckbench.input.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Extracts BoolQ from SuperGLUE's archive, the paper's source, as JSON lines with question, passage
 * and answer. SuperGLUE writes each passage as {@code title -- passage}. The title is removed, and
 * the result must equal the original release row by row, which its digests verify.
 *
 * @param trainSha256 SHA-256 of the extracted {@code train.jsonl}
 * @param validationSha256 SHA-256 of the extracted {@code validation.jsonl}
 */
public record SuperGlueBoolQ(String trainSha256, String validationSha256) {
  /** The public address of the archive; Google's bucket, named in BoolQ's README, is closed. */
  public static final String ADDRESS =
      "https://dl.fbaipublicfiles.com/glue/superglue/data/v2/BoolQ.zip";

  /** The published release, 9,427 and 3,270 rows; datasets/boolq lists the same digests. */
  public static final SuperGlueBoolQ PUBLISHED =
      new SuperGlueBoolQ(
          "3174512034c974563c552f22290d70bd2b86c169bfeb1dbfa88290949bd7738a",
          "dea3b625efb4c7c70dd118989d8471a585e801746bbdb5c55afa3f3257b044fb");

  private static final String TRAIN = "train.jsonl";
  private static final String VALIDATION = "validation.jsonl";

  /** Ten times the larger file; a forged archive of a few kB could hold terabytes. */
  private static final int MOST_BYTES = 100_000_000;

  private static final String AGAIN = "fetch it again";
  private static final String TITLE_END = " -- ";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Writes {@code train.jsonl} and {@code validation.jsonl}, both or neither.
   *
   * @param archive SuperGLUE's {@code BoolQ.zip}
   * @throws InvalidInputException if the archive lacks a file, a row is malformed, or the rows are
   *     not those of BoolQ
   */
  public void unpack(Path archive, Path directory) {
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      byte[] train = rows(archive, zip, TRAIN, trainSha256);
      byte[] validation = rows(archive, zip, "val.jsonl", validationSha256);
      Files.createDirectories(directory);
      WholeFiles.write(directory.resolve(TRAIN), train);
      WholeFiles.write(directory.resolve(VALIDATION), validation);
    } catch (ZipException e) {
      throw new InvalidInputException(
          archive.toString(),
          "a file that is not an archive: " + e.getMessage(),
          "SuperGLUE's BoolQ.zip",
          AGAIN,
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(archive.toString(), e);
    }
  }

  /**
   * Whether a directory holds both files.
   *
   * @throws InvalidInputException naming each file that has other content
   */
  public boolean isIn(Path directory) {
    List<Path> files = Stream.of(TRAIN, VALIDATION).map(directory::resolve).toList();
    if (!files.stream().allMatch(Files::isRegularFile)) {
      return false;
    }
    Problems problems = new Problems();
    for (Path file : files) {
      String found = Digests.ofFile(file);
      String expected = file.endsWith(TRAIN) ? trainSha256 : validationSha256;
      if (!found.equals(expected)) {
        problems.add(
            file.toString(),
            "sha256 " + found,
            "BoolQ's, sha256 " + expected,
            "move the file away and fetch again");
      }
    }
    problems.throwIfAny();
    return true;
  }

  private static byte[] rows(Path archive, ZipFile zip, String name, String sha256)
      throws IOException {
    ZipEntry entry = zip.getEntry("BoolQ/" + name);
    if (entry == null) {
      throw new InvalidInputException(
          archive.toString(), "no BoolQ/" + name, "SuperGLUE's BoolQ.zip", AGAIN);
    }
    byte[] unpacked = zip.getInputStream(entry).readNBytes(MOST_BYTES + 1);
    if (unpacked.length > MOST_BYTES) {
      throw new InvalidInputException(
          archive + "!" + name,
          "more than " + MOST_BYTES + " bytes",
          "BoolQ's rows, a tenth of that",
          AGAIN);
    }
    String text = InputText.utf8(archive + "!" + name, unpacked);
    StringBuilder rows = new StringBuilder();
    int line = 0;
    for (String row : text.split("\n")) {
      line++;
      rows.append(row(archive + "!" + name + ":" + line, row)).append('\n');
    }
    byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
    String found = Digests.of(bytes);
    if (!found.equals(sha256)) {
      throw new InvalidInputException(
          archive + "!" + name,
          line + " rows that give sha256 " + found,
          "BoolQ's, sha256 " + sha256,
          "do not use this archive; put the files there by hand and give --data-dir");
    }
    return bytes;
  }

  /**
   * One row in the format of the original release: as Python's {@code json.dumps}, not limited to
   * ASCII.
   */
  private static String row(String where, String line) throws JsonProcessingException {
    JsonObject row = JsonObject.parse(where, line.getBytes(StandardCharsets.UTF_8), AGAIN);
    Optional<JsonNode> question = row.required("question", JsonNode::isTextual, "a string");
    Optional<String> passage =
        row.required("passage", n -> n.asText().contains(TITLE_END), "'title -- text'")
            .map(JsonNode::asText);
    Optional<JsonNode> label = row.required("label", JsonNode::isBoolean, "true or false");
    row.throwIfAny();
    String text = passage.get().substring(passage.get().indexOf(TITLE_END) + TITLE_END.length());
    return "{\"question\": "
        + JSON.writeValueAsString(question.get())
        + ", \"passage\": "
        + JSON.writeValueAsString(text)
        + ", \"answer\": "
        + label.get()
        + "}";
  }
}
