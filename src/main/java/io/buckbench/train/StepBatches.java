package io.buckbench.train;

import io.buckbench.data.TokenBatch;
import java.util.List;

/**
 * Where a training takes its batches from. A step's batches depend on its number alone, so that a
 * training that goes on after a stop sees what it would have seen.
 */
@FunctionalInterface
public interface StepBatches {
  /**
   * @param step counted from 1
   * @return the step's micro-batches, one or more: their gradients are gathered before the update
   */
  List<TokenBatch> of(int step);
}
