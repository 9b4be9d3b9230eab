/**
 * Makes {@code opt-nano}, the base model we ship: its tokenizer, its corpus, its starting weights
 * and its training, one documented command; the same seed gives the same weights on the same
 * machine.
 */
package io.buckbench.pretrain;
