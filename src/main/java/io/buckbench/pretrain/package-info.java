/**
 * Pre-trains {@code opt-nano}, the shipped base model: tokenizer, corpus batches, starting weights
 * and training. The same seed gives the same weights on the same machine.
 */
package io.buckbench.pretrain;
