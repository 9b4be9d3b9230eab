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
 * <p>Seam: {@code ProjectionHook.output} on any linear module, the head too, and {@code
 * EmbeddingHook}. Shapes: A (r, in), B (out, r), x (rows, in), y (rows, out); for the token
 * embedding A (r, vocabulary) and B (width, r). Trained biases and whole modules are copies of
 * weights, used through {@code Seams.decoder}.
 *
 * <p>DoRA (Liu et al. 2024, https://arxiv.org/abs/2402.09353, section 4) also trains the length m
 * of each row of the adapted weight: {@code y = m (W + s B A) x / |W + s B A| + b}, where the
 * lengths |...| are constants in the backward pass. With dropout, as in PEFT, {@code W x} itself
 * sees no dropout, but its share of the change does.
 *
 * <p>Initialisation: A uniform within 1 / sqrt(in), as in PEFT (Kaiming with a = sqrt 5); B zero,
 * so that the adapted model starts equal to the base, logit for logit. The paper draws A from a
 * Gaussian; {@code init_lora_weights: "gaussian"} does so with standard deviation 1 / r. For the
 * embedding A is zero and B normal.
 *
 * <p>Trainable: the sum of {@code r (in + out)} over the adapted modules, plus out with DoRA.
 *
 * <p>Merging adds {@code s B A} to W in place. It keeps the old values, which takes the memory of
 * the adapted weights, so that unmerging is exact; PEFT subtracts the product, which is off by
 * rounding. Merged and unmerged logits differ only by rounding.
 *
 * <p>Differences from PEFT: another random generator, so the same seed gives other values of the
 * same distribution. {@code docs/methods.md} lists the keys that are not supported.
 */
package io.buckbench.peft.lora;
