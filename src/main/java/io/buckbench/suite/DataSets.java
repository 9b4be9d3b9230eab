package io.buckbench.suite;

import io.buckbench.data.Answers;
import io.buckbench.data.BoolQ;
import io.buckbench.data.DataSplits;
import io.buckbench.data.Example;
import io.buckbench.data.YesNoFile;
import io.buckbench.data.control.HeldOutText;
import io.buckbench.data.control.ShuffledLabels;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The data sets that a configuration can name. */
public final class DataSets {
  /**
   * @param folder in the directory of all data sets
   * @param files the files in the folder that the reader reads
   * @param reader reads the splits from the folder
   * @param heldOut a number of texts of the kind that base models for this data were trained on
   */
  private record Source(
      String folder,
      List<String> files,
      Function<Path, DataSplits> reader,
      BiFunction<DataSplits, Integer, List<String>> heldOut) {}

  private static final List<String> SPLITS =
      List.of("train.jsonl", "validation.jsonl", "test.jsonl");
  private static final List<String> BOOLQ = List.of("train.jsonl", "validation.jsonl");

  private static final Map<String, Source> BY_ID = new LinkedHashMap<>();

  static {
    BY_ID.put("control", new Source("control", SPLITS, DataSets::files, DataSets::corpus));
    BY_ID.put(
        "control-shuffled", new Source("control", SPLITS, DataSets::shuffled, DataSets::corpus));
    BY_ID.put("boolq", new Source("boolq", BOOLQ, BoolQ::paper, DataSets::passages));
    BY_ID.put("boolq-clean", new Source("boolq", BOOLQ, BoolQ::clean, DataSets::passages));
  }

  private final Path directory;

  /**
   * @param directory contains a folder for each data set
   */
  public DataSets(Path directory) {
    this.directory = directory;
  }

  /** Every id. */
  public static Collection<String> ids() {
    return Collections.unmodifiableSet(BY_ID.keySet());
  }

  /**
   * Reads a data set.
   *
   * @throws io.buckbench.input.InvalidInputException for a missing file and malformed lines
   */
  public DataSplits read(String id) {
    Source source = BY_ID.get(id);
    return source.reader().apply(directory.resolve(source.folder()));
  }

  /** The files of a data set. */
  public List<Path> files(String id) {
    Source source = BY_ID.get(id);
    return source.files().stream().map(directory.resolve(source.folder())::resolve).toList();
  }

  /**
   * Texts on which a base model's perplexity shows what a training made it forget: text of the
   * control language, or passages of BoolQ's validation split that no training row has.
   *
   * @param texts the largest number of texts
   */
  public static List<String> heldOut(String id, DataSplits splits, int texts) {
    return BY_ID.get(id).heldOut().apply(splits, texts);
  }

  private static List<String> corpus(DataSplits splits, int texts) {
    return HeldOutText.draw(texts);
  }

  private static List<String> passages(DataSplits splits, int texts) {
    Set<String> trained =
        splits.train().stream()
            .map(example -> example.field(Example.PASSAGE))
            .collect(Collectors.toSet());
    return splits.validation().stream()
        .map(example -> example.field(Example.PASSAGE))
        .filter(passage -> !trained.contains(passage))
        .distinct()
        .limit(texts)
        .toList();
  }

  private static DataSplits files(Path folder) {
    return DataSplits.of(
        Answers.YES_NO.words(),
        YesNoFile.read(folder.resolve("train.jsonl")),
        YesNoFile.read(folder.resolve("validation.jsonl")),
        YesNoFile.read(folder.resolve("test.jsonl")));
  }

  /** The negative control: the same rows, with the answers of each split permuted. */
  private static DataSplits shuffled(Path folder) {
    DataSplits splits = files(folder);
    return DataSplits.of(
        Answers.YES_NO.words(),
        ShuffledLabels.of(splits.train(), 1),
        ShuffledLabels.of(splits.validation(), 2),
        ShuffledLabels.of(splits.test(), 3));
  }
}
