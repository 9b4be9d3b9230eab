package io.buckbench.model;

import ai.djl.ndarray.NDArray;
import io.buckbench.input.JsonObject;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.RowOps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The activation function of a feed-forward block, by its names in Transformers' {@code ACT2FN}.
 */
public enum Activation {
  RELU("relu"),
  GELU("gelu", "gelu_python"),
  GELU_TANH("gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh"),
  SILU("silu", "swish");

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  /** Reads the function that a key names; another name is a problem. */
  public static Activation read(JsonObject config, String key, Activation fallback) {
    String known =
        Arrays.stream(values())
            .flatMap(function -> function.names.stream())
            .collect(Collectors.joining(", "));
    String name = config.text(key).orElse(fallback.names.get(0));
    for (Activation function : values()) {
      if (function.names.contains(name)) {
        return function;
      }
    }
    config.problem(key, '"' + name + '"', "one of " + known, "use a model with one of these");
    return fallback;
  }

  /** Its usual name. */
  public String usualName() {
    return names.get(0);
  }

  /** The function's value for each element. */
  public NDArray of(NDArray x, RowOps ops) {
    return switch (this) {
      case RELU -> Ops.relu(x);
      case GELU -> ops.gelu(x);
      case GELU_TANH -> ops.geluTanh(x);
      case SILU -> ops.silu(x);
    };
  }
}
