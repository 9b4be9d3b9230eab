/**
 * Qwen2 (Yang et al. 2024, arXiv:2407.10671), equal to Hugging Face's {@code Qwen2ForCausalLM}:
 * LLaMA with biases on queries, keys and values.
 */
package io.buckbench.model.qwen2;
