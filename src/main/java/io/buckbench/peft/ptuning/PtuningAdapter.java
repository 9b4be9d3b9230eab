package io.buckbench.peft.ptuning;

import ai.djl.ndarray.NDArray;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.Seams;
import io.buckbench.model.VirtualTokens;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.tensor.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** P-tuning's rows, which an encoder makes anew for each forward pass. */
public final class PtuningAdapter implements Adapter {
  private final PtuningConfig config;
  private final PromptEncoder encoder;

  PtuningAdapter(PtuningConfig config, PromptEncoder encoder) {
    this.config = config;
    this.encoder = encoder;
  }

  @Override
  public PtuningConfig config() {
    return config;
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
  public Seams seams() {
    return new Seams() {
      @Override
      public Optional<VirtualTokens> virtualTokens() {
        return Optional.of(
            new VirtualTokens() {
              @Override
              public int count() {
                return config.prompt().numVirtualTokens();
              }

              @Override
              public NDArray embeddings(boolean training) {
                return encoder.encode();
              }
            });
      }
    };
  }

  @Override
  public void close() {
    encoder.close();
  }
}
