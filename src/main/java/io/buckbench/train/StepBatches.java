package io.buckbench.train;

import io.buckbench.data.TokenBatch;
import java.util.List;

/**
 * The batches of a training. They must depend only on the number of the step, so that a resumed
 * training uses the same batches as one that was not stopped.
 */
@FunctionalInterface
public interface StepBatches {
  /**
   * @param step number of the step, from 1
   * @return one or more micro-batches, whose gradients are accumulated before the update
   */
  List<TokenBatch> of(int step);
}
