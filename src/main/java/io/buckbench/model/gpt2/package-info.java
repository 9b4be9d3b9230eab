/**
 * GPT-2 (Radford et al. 2019, "Language Models are Unsupervised Multitask Learners"), equal to
 * Hugging Face's {@code GPT2LMHeadModel}.
 */
package io.buckbench.model.gpt2;
