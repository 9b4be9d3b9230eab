/**
 * Prefix tuning: trained keys and values are prepended in the attention of every layer; the model
 * itself is frozen.
 *
 * <pre>
 *   layer i:  queries           q1  q2  q3
 *             keys    [k1 .. kP] k1  k2  k3      [ ] = trained, per layer
 *             values  [v1 .. vP] v1  v2  v3
 * </pre>
 *
 * <p>Formula: {@code attention(Q, concat(Pk, K), concat(Pv, V))} in each layer. Paper: Li and Liang
 * 2021, "Prefix-Tuning: Optimizing Continuous Prompts for Generation",
 * https://arxiv.org/abs/2101.00190, section 4 (the projection: section 4.3).
 *
 * <p>Seam: {@code KeyValuePrefix}. Let L be the number of layers, and d the width of a layer's keys
 * ({@code token_dim}), which is the hidden size unless queries are grouped. Shapes: without
 * projection one table (P, 2 L d); with projection E (P, d), W1 (h, d) and W2 (2 L d, h): {@code W2
 * tanh(W1 E + b1) + b2}. The table is viewed as (P, 2 L, key heads, head size) and permuted to (2
 * L, key heads, P, head size); rows 2 i and 2 i + 1 are the keys and values of layer i. The prefix
 * lengthens the mask by P, but not the labels. Positions are the running sum of the mask, so the
 * text starts at position P.
 *
 * <p>Initialisation: the table is normal with standard deviation 1, as in {@code nn.Embedding};
 * linear layers are uniform within 1 / sqrt(in). {@code init_weights: "zero"} zeroes the table, or
 * the last layer of the projection. The logits change even then, because zero keys get a share of
 * the softmax.
 *
 * <p>Trainable: {@code 2 L d P}, or with projection {@code P d + (d h + h) + (2 L d h + 2 L d)}.
 *
 * <p>As in PEFT, the resulting table {@code prompt_embeddings} is saved. With projection, {@code
 * prompt_encoder.safetensors} is written too, so that training can continue; PEFT ignores it.
 *
 * <p>Differences from PEFT: another random generator.
 */
package io.buckbench.peft.prefix;
