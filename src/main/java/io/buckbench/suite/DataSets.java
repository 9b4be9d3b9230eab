package io.buckbench.suite;

import io.buckbench.data.DataSet;
import io.buckbench.data.DataSplits;
import io.buckbench.data.Prompt;
import io.buckbench.data.control.HeldOutText;
import io.buckbench.data.control.ShuffledLabels;
import io.buckbench.files.Digests;
import io.buckbench.input.CsvTable;
import io.buckbench.input.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The declared data sets: the rows of {@code datasets.csv}, and the directory of their files.
 * {@code docs/datasets.md} describes the columns.
 */
public final class DataSets {
  /** The optional column of the largest number of held-out texts. */
  public static final String HELD_OUT_TEXTS = "held_out_texts";

  private static final List<String> REQUIRED = List.of("id", "train", "answers");
  private static final List<String> OPTIONAL =
      List.of(
          "validation",
          "test",
          "split",
          "split_seed",
          "format",
          "fields",
          "answer",
          "values",
          "prompt",
          "distinct",
          "labels",
          "held_out",
          HELD_OUT_TEXTS,
          "sha256",
          "licence",
          "source",
          "note");

  private final Path directory;
  private final Map<String, DeclaredData> byId;

  private DataSets(Path directory, Map<String, DeclaredData> byId) {
    this.directory = directory;
    this.byId = byId;
  }

  /**
   * Reads the declarations; the files of the data need not exist.
   *
   * @param file {@code datasets.csv}
   * @param directory contains the files of all data sets
   * @param prompts the prompts that data sets name
   * @param problems receives the problems
   */
  public static DataSets read(Path file, Path directory, Prompts prompts, Problems problems) {
    CsvTable table = table(file, problems);
    table.requireUnique("id");
    Map<String, DeclaredData> byId = new LinkedHashMap<>();
    table
        .map(row -> DeclaredData.of(row, prompts))
        .forEach(declared -> byId.put(declared.data().id(), declared));
    return new DataSets(directory, byId);
  }

  /** The rows of {@code datasets.csv} as they are written. */
  public static CsvTable table(Path file, Problems problems) {
    return CsvTable.read(file, REQUIRED, OPTIONAL, problems);
  }

  /** Every id. */
  public Collection<String> ids() {
    return byId.keySet();
  }

  /** The declaration of a data set. */
  public DataSet declared(String id) {
    return byId.get(id).data();
  }

  /** What decides which examples the files of a data set give, as a text. */
  public String settings(String id) {
    return byId.get(id).data().settings()
        + (byId.get(id).shuffled() ? " " + DeclaredData.SHUFFLED : "");
  }

  /** The prompt that a data set names, for rows that name none. */
  public Prompt prompt(String id) {
    return byId.get(id).prompt();
  }

  /**
   * Reads a data set.
   *
   * @throws io.buckbench.input.InvalidInputException for a missing file and malformed rows
   */
  public DataSplits read(String id) {
    DeclaredData declared = byId.get(id);
    DataSplits splits = declared.data().read(directory);
    // The negative control: the same rows, with the answers of each split permuted.
    return declared.shuffled()
        ? DataSplits.of(
            splits.answers().words(),
            ShuffledLabels.of(splits.train(), 1),
            ShuffledLabels.of(splits.validation(), 2),
            ShuffledLabels.of(splits.test(), 3))
        : splits;
  }

  /** The files of a data set. */
  public List<Path> files(String id) {
    return byId.get(id).data().paths(directory);
  }

  /** The digest of a data set's files; empty if one is missing. */
  public Optional<String> sha256(String id) {
    List<Path> files = files(id);
    return files.stream().allMatch(Files::isRegularFile)
        ? Optional.of(Digests.ofFiles(files))
        : Optional.empty();
  }

  /**
   * Texts on which a base model's perplexity shows what a training made it forget: text of the
   * control language, or texts of a field of the validation rows that no training row has.
   */
  public List<String> heldOut(String id, DataSplits splits) {
    String field = byId.get(id).heldOut();
    int texts = byId.get(id).heldOutTexts();
    if (field.equals(DeclaredData.CONTROL_LANGUAGE)) {
      return HeldOutText.draw(texts);
    }
    if (field.isEmpty()) {
      return List.of();
    }
    Set<String> trained =
        splits.train().stream().map(example -> example.field(field)).collect(Collectors.toSet());
    return splits.validation().stream()
        .map(example -> example.field(field))
        .filter(text -> !trained.contains(text))
        .distinct()
        .limit(texts)
        .toList();
  }
}
