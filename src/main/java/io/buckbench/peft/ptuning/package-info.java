/**
 * P-tuning: virtual tokens before the text, as in prompt tuning, but computed by a small network
 * from one trained row per token. The network is shared, so the tokens do not train independently.
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
 * where d is the embedding width and h is {@code encoder_hidden_size}.
 *
 * <p>Initialisation: E normal with standard deviation 1, as in {@code nn.Embedding}; weights and
 * biases uniform within 1 / sqrt(in), as in {@code nn.Linear}. The logits change at once.
 *
 * <p>Trainable: {@code P d + (d h + h) + (h h + h) + (h d + d)}.
 *
 * <p>As in PEFT, only the resulting {@code prompt_embeddings} (P, d) are saved as the adapter. An
 * adapter read from PEFT's files can therefore predict, but not be trained further. BuckBench also
 * writes {@code prompt_encoder.safetensors}, with which training can continue; PEFT ignores it.
 *
 * <p>Differences from PEFT: the default of {@code token_dim} is the width of the token embedding
 * (PEFT's is the hidden size, which fails on opt-350m); no LSTM encoder; another random generator.
 */
package io.buckbench.peft.ptuning;
