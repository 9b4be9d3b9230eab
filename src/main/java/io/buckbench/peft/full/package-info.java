/**
 * Full fine-tuning: no adapter; every weight of the base model is trained in place. The measure
 * that parameter-efficient methods are held against.
 *
 * <p>Formula: {@code W <- W - rate * step(dL/dW)} for every W. Seam: none.
 *
 * <p>Initialisation: the base model's weights. The head is the word embedding, one tensor, counted,
 * trained and saved once, under {@code model.decoder.embed_tokens.weight}.
 *
 * <p>Trainable: all. With word embedding width w, hidden d, feed-forward f, vocabulary V, positions
 * n and L layers: {@code V w + (n + 2) d + L (4 (d d + d) + 2 d f + f + d + 4 d)}, and {@code 2 d}
 * for the final layer norm where layer norms stand before the blocks, and {@code 2 w d} for
 * project_in and project_out where w differs from d.
 *
 * <p>The gradient of {@code k_proj.bias} is 0 in truth (a constant added to all keys moves no
 * softmax) and rounding noise in practice, which Adam blows up to full steps; it changes no logit.
 *
 * <p>{@code peft_type} FULL is ours: PEFT has no such type. A saved directory holds every weight in
 * {@code adapter_model.safetensors} under the base model's own names.
 */
package io.buckbench.peft.full;
