/**
 * LLaMA (Touvron et al. 2023, arXiv:2302.13971 and arXiv:2307.09288; Grattafiori et al. 2024,
 * arXiv:2407.21783), equal to Hugging Face's {@code LlamaForCausalLM}.
 */
package io.buckbench.model.llama;
