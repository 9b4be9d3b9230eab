/**
 * Qwen3 (Yang et al. 2025, arXiv:2505.09388), equal to Hugging Face's {@code Qwen3ForCausalLM}:
 * LLaMA with norms on each head's queries and keys, and heads of their own size.
 */
package io.buckbench.model.qwen3;
