package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A named weight.
 *
 * @param name its name in Hugging Face's files
 * @param array its values, closed by their creator
 */
public record Parameter(String name, NDArray array) {}
