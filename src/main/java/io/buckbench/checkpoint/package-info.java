/** Reads, checks and writes model files as named tensors, without a tensor library. */
package io.buckbench.checkpoint;
