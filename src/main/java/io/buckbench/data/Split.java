package io.buckbench.data;

import io.buckbench.input.CsvRow;
import java.util.List;
import java.util.Map;

/** Which part of a data set a row is asked about: the suite's optional column {@code split}. */
public enum Split {
  /** What is reported; where the column is empty or missing. */
  TEST,
  /** What settings are chosen on; never beside test rows in a table, a chart or a finding. */
  VALIDATION;

  /** The optional column. */
  public static final String COLUMN = "split";

  /** The split of a row that was read, column to value. */
  public static Split of(Map<String, String> declared) {
    return declared.getOrDefault(COLUMN, "").equals(CsvRow.name(VALIDATION)) ? VALIDATION : TEST;
  }

  /** The rows of a data set that are asked. */
  public List<YesNoExample> rows(YesNoSplits splits) {
    return this == TEST ? splits.test() : splits.validation();
  }

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
