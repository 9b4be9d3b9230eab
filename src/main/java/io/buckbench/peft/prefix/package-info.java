/**
 * Prefix tuning: every layer's attention sees a few keys and values that no token produced; these
 * are trained, the model is not.
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
 * <p>Seam: {@code KeyValuePrefix}. Shapes: without projection one table (P, 2 layers hidden); with
 * it E (P, d), W1 (h, d), W2 (2 layers hidden, h): {@code W2 tanh(W1 E + b1) + b2}. The table is
 * viewed as (P, 2 layers, heads, head size), turned to (2 layers, heads, P, head size), and split
 * in pairs: rows 2 i and 2 i + 1 are layer i's key and value. The mask grows by P, the labels do
 * not; since positions are the mask's running sum, the text starts at position P.
 *
 * <p>Initialisation: tables normal with deviation 1, as {@code nn.Embedding}; linear layers uniform
 * within 1 / sqrt(in). {@code init_weights: "zero"} zeroes the table, or the projection's last
 * layer. Even then the logits change: zero keys still take a share of the softmax.
 *
 * <p>Trainable: {@code P 2 layers hidden}, or with projection {@code P d + (d h + h) + (h 2 layers
 * hidden + 2 layers hidden)}.
 *
 * <p>What is saved is the resulting table {@code prompt_embeddings}, as in PEFT; with projection
 * ours also writes {@code prompt_encoder.safetensors}, which PEFT does not look at, so that
 * training can go on.
 *
 * <p>Differences from PEFT: another random generator.
 */
package io.buckbench.peft.prefix;
