package io.buckbench.data;

import io.buckbench.input.CsvRow;
import java.util.List;
import java.util.Map;

/** The part of a data set that is evaluated: the optional column {@code split} of a suite. */
public enum Split {
  /** The test set, whose results are reported; the default if the column is empty or missing. */
  TEST,
  /** The set on which settings are chosen; never reported together with test results. */
  VALIDATION;

  /** The name of the column. */
  public static final String COLUMN = "split";

  /** The split of a declared configuration, given as column to value. */
  public static Split of(Map<String, String> declared) {
    return declared.getOrDefault(COLUMN, "").equals(CsvRow.name(VALIDATION)) ? VALIDATION : TEST;
  }

  /** The examples of this part. */
  public List<Example> rows(DataSplits splits) {
    return this == TEST ? splits.test() : splits.validation();
  }

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
