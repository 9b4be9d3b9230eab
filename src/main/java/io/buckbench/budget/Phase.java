package io.buckbench.budget;

import io.buckbench.input.CsvRow;

/** The phases of a trial that take time. */
public enum Phase {
  /** Loading the model and preparing the data. */
  LOAD,
  /** Optimiser steps, and everything between them. */
  TRAIN,
  /** Generating and scoring the answers to the test items. */
  EVALUATE,
  /** Unused time that a price card charges because of its granularity or its minimum. */
  ROUNDING;

  @Override
  public String toString() {
    return CsvRow.name(this);
  }
}
