/**
 * Layer-norm tuning: the norms of the model are trained, and everything else is frozen.
 *
 * <pre>
 *   x -- (x - mean) / deviation -- times w -- plus b --> y      w and b are trained copies
 * </pre>
 *
 * <p>Formula: {@code y = w * normalised(x) + b} with trained w and b; a root-mean-square norm has
 * only w. Paper: Zhao et al. 2023, "Tuning LayerNorm in Attention: Towards Efficient Multi-Modal
 * LLM Finetuning", https://arxiv.org/abs/2312.11420, section 3.
 *
 * <p>Seam: {@code Seams.decoder}, a decoder with other weights. As in PEFT, any module with weights
 * may be a target; all its weights are copied. Shapes: those of the weights.
 *
 * <p>Initialisation: the base model's weights, so that the adapted model starts equal to the base.
 *
 * <p>Trainable: all elements of the targets, for norms mostly 2 widths each.
 *
 * <p>Merging writes the trained weights over those of the base model and keeps the old ones, so
 * that unmerging is exact.
 *
 * <p>Differences from PEFT: a target that holds other modules is refused.
 */
package io.buckbench.peft.lntuning;
