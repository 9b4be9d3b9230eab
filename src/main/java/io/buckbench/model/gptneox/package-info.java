/**
 * GPT-NeoX (Black et al. 2022, arXiv:2204.06745) and Pythia (Biderman et al. 2023,
 * arXiv:2304.01373), equal to Hugging Face's {@code GPTNeoXForCausalLM}.
 */
package io.buckbench.model.gptneox;
