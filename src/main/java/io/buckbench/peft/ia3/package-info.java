/**
 * IA3, "infused adapter by inhibiting and amplifying inner activations": trained vectors stretch or
 * shrink what flows through a few projections, feature by feature.
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
 * ProjectionHook.input}. Shapes: l (out, 1), or (1, in) for a feed-forward module, as PEFT stores
 * it.
 *
 * <p>Initialisation: ones, so the adapted model starts equal to the base, bit for bit.
 *
 * <p>Trainable: the sum of out over the targets, of in over feed-forward ones.
 *
 * <p>The paper scales keys, values and the feed-forward's hidden activations; ours is PEFT's
 * default for the model's family; {@code benchmarks/methods/ia3/kv_fc2.json} is the paper's choice.
 *
 * <p>Merging multiplies the rows of W and b, or the columns of W for a feed-forward module, in
 * place, and keeps the bits it replaces, so that unmerging is exact; PEFT divides again, which is
 * off by rounding and lost where l is 0. PEFT 0.4.0 forgot the bias; later ones and ours do not.
 *
 * <p>Differences from PEFT: none in the numbers; {@code init_ia3_weights: false} draws from another
 * generator.
 */
package io.buckbench.peft.ia3;
