/**
 * LoRA, low-rank adaptation: a frozen projection W gets a parallel path of rank r. Only this path
 * is trained. It can be merged into W, so that inference has no extra cost.
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
 * <p>Initialisation: A uniform within 1 / sqrt(in), as in PEFT (Kaiming with a = sqrt 5); B zero,
 * so that the adapted model starts equal to the base, logit for logit. The paper draws A from a
 * Gaussian; {@code init_lora_weights: "gaussian"} does so with standard deviation 1 / r.
 *
 * <p>Trainable: the sum of {@code r (in + out)} over the hooked modules.
 *
 * <p>Merging adds {@code (alpha / r) B A} to W in place. It keeps the old values, which takes the
 * memory of the hooked weights, so that unmerging is exact; PEFT subtracts the product, which is
 * off by rounding. Merged and unmerged logits differ only by rounding.
 *
 * <p>Differences from PEFT: another random generator, so the same seed gives other values of the
 * same distribution. Files that switch on unsupported features are refused: rank and alpha
 * patterns, rsLoRA, DoRA, trained biases, embeddings as targets.
 */
package io.buckbench.peft.lora;
