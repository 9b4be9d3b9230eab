package io.buckbench.peft.prefix;

import ai.djl.ndarray.NDArray;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.model.KeyValuePrefix;
import io.buckbench.model.OptConfig;
import io.buckbench.model.Seams;
import io.buckbench.peft.Adapter;
import io.buckbench.peft.PromptEncoder;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Prefix tuning's table, cut into each layer's keys and values. */
public final class PrefixAdapter implements Adapter {
  private final PrefixConfig config;
  private final PromptEncoder encoder;
  private final OptConfig shape;

  PrefixAdapter(PrefixConfig config, PromptEncoder encoder, OptConfig shape) {
    this.config = config;
    this.encoder = encoder;
    this.shape = shape;
  }

  @Override
  public PrefixConfig config() {
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
      public Optional<KeyValuePrefix> prefix() {
        return Optional.of(new Prefix());
      }
    };
  }

  @Override
  public void close() {
    encoder.close();
  }

  private final class Prefix implements KeyValuePrefix {
    @Override
    public int count() {
      return config.prompt().numVirtualTokens();
    }

    @Override
    public List<KeyValue> layers(boolean training) {
      long heads = shape.heads();
      long headSize = shape.hiddenSize() / heads;
      long layers = shape.layers();
      NDArray table = Ops.reshape(encoder.encode(), count(), 2 * layers, heads, headSize);
      NDArray turned = Ops.permute(table, 1, 2, 0, 3);
      return IntStream.range(0, (int) layers)
          .mapToObj(i -> new KeyValue(part(turned, 2 * i), part(turned, 2 * i + 1)))
          .toList();
    }

    /** (2 layers, heads, tokens, head size) to one (heads, tokens, head size). */
    private NDArray part(NDArray turned, int index) {
      long[] shape = turned.getShape().getShape();
      return Ops.reshape(Ops.slice(turned, 0, index, index + 1L), shape[1], shape[2], shape[3]);
    }
  }
}
