/**
 * Full fine-tuning: no adapter; every weight of the base model is trained in place. The measure
 * that parameter-efficient methods are held against.
 *
 * <p>Formula: {@code W <- W - rate * step(dL/dW)} for every W. Seam: none.
 *
 * <p>Initialisation: the base model's weights. A head that is tied to the token embedding is one
 * tensor with it, counted, trained and saved once, under the embedding's name.
 *
 * <p>Trainable: all of {@code Architecture.weights}.
 *
 * <p>The exact gradient of a bias on keys is 0, since a constant added to all keys of a query moves
 * no softmax. The computed one is rounding noise, which Adam scales to full steps; it changes no
 * logit.
 *
 * <p>{@code peft_type} FULL is ours: PEFT has no such type. A saved directory holds every weight in
 * {@code adapter_model.safetensors} under the base model's own names.
 */
package io.buckbench.peft.full;
