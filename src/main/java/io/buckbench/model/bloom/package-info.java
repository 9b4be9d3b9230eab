/**
 * BLOOM (BigScience 2022, arXiv:2211.05100), equal to Hugging Face's {@code BloomForCausalLM}:
 * ALiBi, one module for queries, keys and values, and a norm after the embedding.
 */
package io.buckbench.model.bloom;
