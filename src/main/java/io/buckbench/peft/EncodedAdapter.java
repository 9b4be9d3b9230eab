package io.buckbench.peft;

import ai.djl.ndarray.NDArray;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Seams;
import io.buckbench.model.VirtualTokens;
import io.buckbench.tensor.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter whose parameters are those of a {@link PromptEncoder}: prompt tuning, P-tuning and
 * prefix tuning, which differ in the encoder and in the seam that uses its table.
 *
 * @param config the adapter's settings
 * @param encoder computes the table; closed with the adapter
 * @param seams the seam that uses the table
 */
public record EncodedAdapter(MethodConfig config, PromptEncoder encoder, Seams seams)
    implements Adapter {

  /** An adapter whose table's rows are virtual tokens. */
  public static EncodedAdapter ofVirtualTokens(MethodConfig config, PromptEncoder encoder) {
    VirtualTokens rows =
        new VirtualTokens() {
          @Override
          public int count() {
            return config.virtualTokens();
          }

          @Override
          public NDArray embeddings(boolean training) {
            return encoder.encode();
          }
        };
    return new EncodedAdapter(
        config,
        encoder,
        new Seams() {
          @Override
          public Optional<VirtualTokens> virtualTokens() {
            return Optional.of(rows);
          }
        });
  }

  @Override
  public List<Parameter> parameters() {
    return encoder.parameters();
  }

  @Override
  public Map<String, Safetensors.Tensor> saved() {
    return encoder.saved();
  }

  @Override
  public Map<String, Safetensors.Tensor> savedEncoder() {
    return encoder.savedEncoder();
  }

  @Override
  public void close() {
    encoder.close();
  }
}
