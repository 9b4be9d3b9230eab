/**
 * IA3, "infused adapter by inhibiting and amplifying inner activations": trained vectors scale the
 * inputs or outputs of a few projections, feature by feature.
 *
 * <pre>
 *   attention:      x -- W x + b -- times l --> y
 *   feed-forward:   x -- times l -- W x + b --> y
 * </pre>
 *
 * <p>Formula: {@code y = l * (W x + b)}, and {@code y = W (l * x) + b} for feed-forward modules.
 * Paper: Liu et al. 2022, "Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than
 * In-Context Learning", https://arxiv.org/abs/2205.05638, section 3.3.
 *
 * <p>Seam: {@code ProjectionHook.output} and, for feed-forward modules, {@code
 * ProjectionHook.input}. Shapes: l (out, 1), or (1, in) for a feed-forward module, as in PEFT.
 *
 * <p>Initialisation: ones, so that the adapted model starts equal to the base, bit for bit.
 *
 * <p>Trainable: the sum of out over the targets, with in instead of out for feed-forward modules.
 *
 * <p>The paper scales keys, values and the hidden activations of the feed-forward block. The
 * default targets are PEFT's for the model's family; {@code benchmarks/methods/ia3/kv_fc2.json} is
 * the paper's choice for OPT.
 *
 * <p>Merging multiplies in place the rows of W and b, or the columns of W for a feed-forward
 * module. It keeps the old values, so that unmerging is exact; PEFT divides by l, which is off by
 * rounding and cannot restore W where l is 0. PEFT 0.4.0 did not merge into the bias; later
 * versions and BuckBench do.
 *
 * <p>Differences from PEFT: none in the numbers; {@code init_ia3_weights: false} uses another
 * random generator.
 */
package io.buckbench.peft.ia3;
