package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What every layer of one forward pass shares.
 *
 * @param input the batch's sizes
 * @param mask (batch or 1, 1, tokens, keys) added to attention scores
 * @param neededMask the same for the queries the last layer computes; {@code null} where it
 *     computes all
 * @param needed the rows wanted of the last layer; {@code null} for all
 * @param prefix one pair a layer, or empty
 * @param cache keys and values of earlier tokens; {@code null} where nothing is kept
 * @param seams where the adapter enters
 * @param training whether dropout is on
 */
record Pass(
    DecoderInput input,
    NDArray mask,
    NDArray neededMask,
    NeededRows needed,
    List<KeyValuePrefix.KeyValue> prefix,
    KeyValueCache cache,
    Seams seams,
    boolean training) {}
