/**
 * Full fine-tuning: every weight of the base model is trained in place, without an adapter. It is
 * the baseline for parameter-efficient methods.
 *
 * <p>Formula: {@code W <- W - rate * step(dL/dW)} for every W. Seam: none.
 *
 * <p>Initialisation: the base model's weights. A head that is tied to the token embedding is
 * counted, trained and saved once, under the embedding's name.
 *
 * <p>Trainable: all of {@code Architecture.weights}.
 *
 * <p>The exact gradient of a bias on keys is 0 where no position encoding follows the projection,
 * as in OPT: it adds a constant to all scores of a query, and softmax ignores constants. The
 * computed gradient is rounding noise. Adam scales it to full steps, which change no logit.
 *
 * <p>PEFT has no {@code peft_type} FULL; it is BuckBench's own. A saved directory contains every
 * weight in {@code adapter_model.safetensors}, under the base model's names.
 */
package io.buckbench.peft.full;
