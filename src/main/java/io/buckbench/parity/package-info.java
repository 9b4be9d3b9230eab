/**
 * Proof on the user's own machine that the numbers are the reference's: a directory written by
 * Hugging Face Transformers and PEFT is computed again and compared, quantity by quantity.
 *
 * <p>Errors are told twice. Absolute: the largest difference of any element. Relative: the largest
 * difference in a tensor over the largest magnitude in that tensor, and of all tensors the worst;
 * element by element a relative error says nothing where the true value is near zero.
 */
package io.buckbench.parity;
