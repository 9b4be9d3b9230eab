/**
 * Yes/no examples and their conversion to token batches: files, splits, prompts, tokenizer and
 * batches, in Java arrays.
 */
package io.buckbench.data;
