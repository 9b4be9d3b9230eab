/**
 * VeRA, vector-based random matrix adaptation: as LoRA, but A and B are random, frozen and shared
 * by all modules. Each module trains two vectors, which scale the rank's components and the output.
 *
 * <pre>
 *   x ------------------ W x + b (frozen) ----------------------------- + --> y
 *   |                                                                   |
 *   '-- dropout -- A (r, in) -- times d (r) -- B (out, r) -- times b (out) --'
 * </pre>
 *
 * <p>Formula: {@code y = W x + b0 + b * (B (d * (A dropout(x))))}. Paper: Kopiczko et al. 2023,
 * "VeRA: Vector-based Random Matrix Adaptation", https://arxiv.org/abs/2310.11454, section 3.1.
 *
 * <p>Seam: {@code ProjectionHook.output} on any linear module. Shapes: d (r), b (out). A and B have
 * the largest widths of all targets; a module uses their first rows or columns.
 *
 * <p>Initialisation: d is {@code d_initial} and b zero, so that the adapted model starts equal to
 * the base. A and B are drawn from {@code projection_prng_key} as PEFT does on a CPU, bit for bit;
 * the seed does not change them.
 *
 * <p>Trainable: the sum of {@code r + out} over the hooked modules.
 *
 * <p>Merging adds {@code (b B) (d A)} to W in place and keeps the old values, so that unmerging is
 * exact.
 *
 * <p>Differences from PEFT: {@code init_weights: false} uses another random generator.
 */
package io.buckbench.peft.vera;
