/**
 * P-tuning: rows in front of the text, as in prompt tuning, but not trained freely: they come out
 * of a small network that reads one trained row for each, so that they move together.
 *
 * <pre>
 *   E (P, d) -- Linear d,h -- ReLU -- Linear h,h -- ReLU -- Linear h,d -- [v1] ... [vP] [the] [cat]
 * </pre>
 *
 * <p>Formula: {@code P = W3 relu(W2 relu(W1 E + b1) + b2) + b3}, {@code h0 = concat(P, E(tokens))}.
 * Paper: Liu et al. 2021, "GPT Understands, Too", https://arxiv.org/abs/2103.10385, section 3.2
 * (with an LSTM there; the MLP is an option of its code and PEFT's default).
 *
 * <p>Seam: {@code VirtualTokens}. Shapes: E (virtual tokens, d), W1 (h, d), W2 (h, h), W3 (d, h),
 * with d the word embedding width and h {@code encoder_hidden_size}.
 *
 * <p>Initialisation: E normal with deviation 1, as {@code nn.Embedding}; weights and biases uniform
 * within 1 / sqrt(in), as {@code nn.Linear}. The logits change at once.
 *
 * <p>Trainable: {@code P d + (d h + h) + (h h + h) + (h d + d)}.
 *
 * <p>What is saved is only the resulting {@code prompt_embeddings} (P, d), as PEFT does: the
 * encoder is a way to train. An adapter read from PEFT's files can therefore predict but not train
 * on; ours writes {@code prompt_encoder.safetensors} beside them, which PEFT does not look at, and
 * with it training goes on.
 *
 * <p>Differences from PEFT: {@code token_dim} left out is {@code word_embed_proj_dim} (PEFT takes
 * {@code hidden_size}, which fails on opt-350m); no LSTM encoder; another random generator.
 */
package io.buckbench.peft.ptuning;
