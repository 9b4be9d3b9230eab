/** OPT (Zhang et al. 2022, arXiv:2205.01068), equal to Hugging Face's {@code OPTForCausalLM}. */
package io.buckbench.model.opt;
