/**
 * Compares BuckBench's numbers with a directory of numbers written by Hugging Face Transformers and
 * PEFT, on the user's machine.
 *
 * <p>Each error is reported in two ways. The absolute error is the largest difference of any
 * element. The relative error is the largest difference in a tensor divided by the largest
 * magnitude in that tensor, and the largest of all tensors; a relative error per element is
 * meaningless where the true value is near zero.
 */
package io.buckbench.parity;
