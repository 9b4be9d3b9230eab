package io.buckbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.Architecture;
import io.buckbench.model.LinearModule;
import io.buckbench.model.ProjectionHook;
import io.buckbench.model.Seams;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A minimal LoRA, to test the decoder's hooks and the optimiser without the package of adapters: y
 * + B(A(x)) * alpha / r, without dropout.
 */
public final class TestLora implements Seams, AutoCloseable {
  private final NDManager owner = Torch.newManager();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final List<LinearModule> modules;
  private final NDArray scale;

  public TestLora(
      Architecture model, Map<String, float[]> values, Map<String, long[]> shapes, float scale) {
    this.modules = new ArrayList<>(model.linearModules());
    modules.add(model.headModule());
    values.forEach(
        (name, v) ->
            parameters.put(name, new Parameter(name, Tensors.of(owner, v, shapes.get(name)))));
    this.scale = Tensors.scalar(owner, scale);
  }

  public List<Parameter> parameters() {
    return new ArrayList<>(parameters.values());
  }

  @Override
  public Optional<ProjectionHook> hook(int module) {
    String path = "base_model.model." + modules.get(module).path();
    Parameter a = parameters.get(path + ".lora_A.default.weight");
    Parameter b = parameters.get(path + ".lora_B.default.weight");
    if (a == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ProjectionHook() {
          @Override
          public NDArray output(NDArray x, NDArray y, boolean training) {
            NDArray low = Ops.mulInPlace(Ops.linear(x, a.array(), null), scale);
            return Ops.addInPlace(y, Ops.linear(low, b.array(), null));
          }
        });
  }

  @Override
  public void close() {
    owner.close();
  }
}
