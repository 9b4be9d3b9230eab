package io.buckbench.budget;

import io.buckbench.input.CsvRow;

/** What a trial's time goes to. */
public enum Phase {
  /** Reading the model and preparing the data. */
  LOAD,
  /** Optimiser steps, with everything between them. */
  TRAIN,
  /** Generating and scoring the test split. */
  EVALUATE,
  /** Nothing: time that a price card charges beyond what was used, by whole units or a minimum. */
  ROUNDING;

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
