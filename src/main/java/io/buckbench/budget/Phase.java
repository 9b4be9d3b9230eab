package io.buckbench.budget;

/** What a trial's time goes to. */
public enum Phase {
  /** Reading the model and preparing the data. */
  LOAD,
  /** Optimiser steps, with everything between them. */
  TRAIN,
  /** Generating and scoring the test split. */
  EVALUATE
}
