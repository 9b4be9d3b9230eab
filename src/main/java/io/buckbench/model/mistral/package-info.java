/**
 * Mistral (Jiang et al. 2023, arXiv:2310.06825), equal to Hugging Face's {@code
 * MistralForCausalLM}.
 */
package io.buckbench.model.mistral;
