package io.buckbench.report;

import io.buckbench.record.Declaration;
import java.util.Locale;

/** What a row is for. Controls are not compared with trained rows and are never called best. */
public enum Role {
  /** A row whose training is to learn something. */
  TRAINED,
  /** A row that is trained on shuffled labels, so that it must learn nothing. */
  NEGATIVE_CONTROL,
  /** The base model without training. */
  UNTOUCHED,
  /** A constant answer that needs no model. */
  BASELINE;

  /** A data set with this ending has the rows of another one with shuffled labels. */
  private static final String SHUFFLED = "-shuffled";

  /** The role of a declared row. */
  public static Role of(Declaration row) {
    if (Declaration.isBaseline(row.method())) {
      return BASELINE;
    }
    if (row.method().equals(Declaration.NONE)) {
      return UNTOUCHED;
    }
    return row.value("data").endsWith(SHUFFLED) ? NEGATIVE_CONTROL : TRAINED;
  }

  /** Whether the row is a control: anything but a training that is to learn. */
  public boolean control() {
    return this != TRAINED;
  }

  /** For example {@code negative control}. */
  @Override
  public String toString() {
    return this == UNTOUCHED
        ? "untouched base model"
        : name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
