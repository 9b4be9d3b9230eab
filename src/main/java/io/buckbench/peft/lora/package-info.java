/**
 * LoRA: low-rank adaptation. A frozen projection W gets a second way round it, through a waist of r
 * numbers; only that way is trained, and it can be added into W afterwards, so that inference costs
 * nothing.
 *
 * <pre>
 *   x ---------- W x + b (frozen) ---------- + --> y
 *   |                                        |
 *   '-- dropout -- A (r, in) -- B (out, r) --'  times alpha / r
 * </pre>
 *
 * <p>Formula: {@code y = W x + b + (alpha / r) B A dropout(x)}. Paper: Hu et al. 2021, "LoRA:
 * Low-Rank Adaptation of Large Language Models", https://arxiv.org/abs/2106.09685, section 4.1.
 *
 * <p>Seam: {@code ProjectionHook.output} on any linear module of the decoder layers. Shapes: A (r,
 * in), B (out, r), x (rows, in), y (rows, out).
 *
 * <p>Initialisation: A uniform within 1 / sqrt(in) (Kaiming with a = sqrt 5, as PEFT; the paper
 * says Gaussian, which {@code init_lora_weights: "gaussian"} gives with deviation 1 / r), B zero:
 * the adapted model starts equal to the base, logit for logit.
 *
 * <p>Trainable: the sum of {@code r (in + out)} over the hooked modules.
 *
 * <p>Merging adds {@code (alpha / r) B A} into W in place and keeps the bits it replaces, so that
 * unmerging is exact, at the memory of the hooked weights; PEFT subtracts the product again, which
 * is off by rounding. Merged and unmerged logits differ by rounding alone.
 *
 * <p>Differences from PEFT: random numbers come from another generator, so the same seed draws
 * other values of the same distribution. Not here, and refused in a file that switches them on:
 * rank and alpha patterns, rsLoRA, DoRA, trained biases, embeddings as targets.
 */
package io.buckbench.peft.lora;
