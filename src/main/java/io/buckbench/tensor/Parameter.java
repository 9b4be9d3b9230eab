package io.buckbench.tensor;

import ai.djl.ndarray.NDArray;

/**
 * A named weight.
 *
 * @param name as Hugging Face spells it on disk
 * @param array its values; whoever made it closes it
 */
public record Parameter(String name, NDArray array) {}
