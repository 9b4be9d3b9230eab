package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.input.InvalidInputException;
import io.buckbench.tensor.Precision;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Upload;
import java.util.Arrays;

/**
 * A batch on the device, as the decoder's input.
 *
 * @param batch number of sequences
 * @param tokens positions computed per sequence, including virtual tokens
 * @param keys positions that attention sees: prefix, cached tokens and {@code tokens}
 * @param ids (batch * tokens, without virtual tokens) token ids
 * @param positions (batch * tokens) each token's position from 0: the running sum of the mask minus
 *     one; -1 for padding
 * @param positionRows (batch * tokens) each token's {@link Architecture#positionRow}
 * @param queryPositions (batch * tokens) the same with 0 for padding; {@code null} without a bias
 *     of attention scores
 * @param keyPositions (batch * {@link CausalMask#aligned} keys) each key's position; 0 for padding;
 *     {@code null} without a bias of attention scores
 * @param keyMask (batch, 1, 1, {@link CausalMask#aligned} keys) 0 or {@link Precision#hidden};
 *     {@code null} without padding
 */
public record DecoderInput(
    int batch,
    int tokens,
    int keys,
    Upload.Part ids,
    long[] positions,
    Upload.Part positionRows,
    Upload.Part queryPositions,
    Upload.Part keyPositions,
    NDArray keyMask) {
  /**
   * @param manager owns the mask
   * @param upload copies the indices to the device
   * @param ids (batch, new tokens)
   * @param mask (batch, cached + new tokens) 1 for real tokens, 0 for padding; without prefix and
   *     virtual tokens
   * @param seams the adapter's seams, of which the prefix comes before each layer's keys, and
   *     virtual tokens, computed or cached, before the token embeddings
   */
  static DecoderInput of(
      NDManager manager,
      Upload upload,
      long[][] ids,
      long[][] mask,
      Seams seams,
      Architecture architecture,
      Precision precision) {
    int prefix = seams.prefix().map(KeyValuePrefix::count).orElse(0);
    int virtual = seams.virtualTokens().map(VirtualTokens::count).orElse(0);
    int maxPositions = architecture.shape().positions();
    int batch = ids.length;
    int fresh = ids[0].length;
    boolean cached = mask[0].length > fresh;
    int tokens = cached ? fresh : virtual + fresh;
    int keys = prefix + virtual + mask[0].length;
    if (keys > maxPositions) {
      throw new InvalidInputException(
          "a batch",
          keys + " positions, of them " + prefix + " prefix and " + virtual + " virtual",
          "at most " + maxPositions + ", the model's max_position_embeddings",
          "shorten the prompts or use fewer virtual tokens");
    }
    long[] flatIds = new long[batch * fresh];
    long[] positions = new long[batch * tokens];
    int width = CausalMask.aligned(keys);
    float[] keyMask = new float[batch * width];
    long[] keyPositions = new long[batch * width];
    boolean padded = false;
    for (int b = 0; b < batch; b++) {
      System.arraycopy(ids[b], 0, flatIds, b * fresh, fresh);
      long seen = 0;
      for (int k = 0; k < keys; k++) {
        int column = k - prefix - virtual;
        boolean real = column < 0 || mask[b][column] != 0;
        padded |= !real;
        keyMask[b * width + k] = real ? 0 : precision.hidden();
        seen += real ? 1 : 0;
        keyPositions[b * width + k] = real ? seen - 1 : 0;
        int computed = k - (keys - tokens);
        if (computed >= 0) {
          long position = real ? seen - 1 : -1;
          positions[b * tokens + computed] = seams.positionsCountPadding() ? k : position;
        }
      }
    }
    boolean biased = architecture.biasesScores();
    return new DecoderInput(
        batch,
        tokens,
        keys,
        upload.add(flatIds),
        positions,
        upload.add(Arrays.stream(positions).map(architecture::positionRow).toArray()),
        biased ? upload.add(Arrays.stream(positions).map(p -> Math.max(0, p)).toArray()) : null,
        biased ? upload.add(keyPositions) : null,
        padded ? Tensors.of(manager, precision.type(), keyMask, batch, 1, 1, width) : null);
  }
}
