package io.buckbench.peft.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.model.CausalLM;
import io.buckbench.model.LinearModule;
import io.buckbench.peft.HookedAdapter;
import io.buckbench.peft.ModelModule;
import io.buckbench.tensor.AddedProduct;
import io.buckbench.tensor.Init;
import io.buckbench.tensor.Ops;
import io.buckbench.tensor.RowLengths;
import io.buckbench.tensor.Tensors;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/** LoRA's matrices A and B for each target module and, with DoRA, the lengths of rows. */
final class LoraAdapter extends HookedAdapter {
  /** By the module's name. */
  private final Map<String, Dora> decompositions = new LinkedHashMap<>();

  LoraAdapter(LoraConfig config, CausalLM base, Values values) {
    super(config, base, values);
    Map<Double, LowRank.Scale> scales = new HashMap<>();
    for (ModelModule target : config.targets(base.architecture())) {
      LowRank.Scale scale =
          scales.computeIfAbsent(
              config.scale().scaling(target), s -> new LowRank.Scale(manager, s));
      if (target.linear().isPresent()) {
        hookLinear(config, target, target.linear().get(), scale);
      } else {
        hookEmbedding(config, target, scale);
      }
    }
  }

  private void hookLinear(
      LoraConfig config, ModelModule target, LinearModule module, LowRank.Scale scale) {
    NDArray a = array(target.wrapped() + ".lora_A.weight");
    NDArray b = array(target.wrapped() + ".lora_B.weight");
    LowRank path = new LowRank(a, b, scale, config.dropout());
    if (config.decomposed()) {
      NDArray bias = module.bias() ? weight(module.biasName()) : null;
      Dora dora = dora(target, path, weight(module.weight()), module.transposed());
      hook(module, new DoraProjection(dora, bias));
    } else {
      hook(module, path);
    }
  }

  private void hookEmbedding(LoraConfig config, ModelModule target, LowRank.Scale scale) {
    NDArray a = array(target.wrapped() + ".lora_embedding_A");
    NDArray b = array(target.wrapped() + ".lora_embedding_B");
    LowRank path = new LowRank(a, b, scale, 0);
    hook(
        config.decomposed()
            ? new DoraTable(dora(target, path, weight(target.path() + ".weight"), true))
            : new Table(path));
  }

  private Dora dora(ModelModule target, LowRank path, NDArray weight, boolean transposed) {
    NDArray magnitude = array(target.wrapped() + ".lora_magnitude_vector");
    Dora dora = new Dora(path, magnitude, weight, transposed, new RowLengths(manager));
    decompositions.put(target.path(), dora);
    return dora;
  }

  /** An adapter with initial values for a seed. */
  static LoraAdapter attached(LoraConfig config, CausalLM base, long seed) {
    LoraAdapter adapter = new LoraAdapter(config, base, Values.initial(base, drawn(config, seed)));
    try {
      adapter.decompositions.forEach((module, dora) -> dora.start(module));
      return adapter;
    } catch (RuntimeException e) {
      adapter.close();
      throw e;
    }
  }

  private static Values drawn(LoraConfig config, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean linear = config.init() == LoraConfig.Init.LINEAR;
    return (manager, tensor) -> {
      long[] shape = tensor.shape();
      String name = tensor.saved();
      if (name.endsWith("lora_magnitude_vector")) {
        return Tensors.zeros(manager, shape); // set by Dora.start
      }
      if (name.contains(".lora_embedding_")) {
        return name.endsWith("A") && !linear
            ? Tensors.zeros(manager, shape)
            : Init.normal(manager, random, 0, 1, shape);
      }
      if (!linear && name.endsWith("lora_B.weight")) {
        return Tensors.zeros(manager, shape);
      }
      return config.init() == LoraConfig.Init.GAUSSIAN
          ? Init.normal(manager, random, 0, 1.0 / shape[0], shape)
          : Init.kaimingUniform(manager, random, shape[0], shape[1]);
    };
  }

  /** The low-rank path of one module: A (r, in), then B (out, r). */
  record LowRank(NDArray a, NDArray b, Scale scale, double dropout) implements Hook {
    /** The factor of the product, as the operations need it. */
    record Scale(NDArray factor, AddedProduct product) {
      Scale(NDManager owner, double factor) {
        this(Tensors.scalar(owner, (float) factor), new AddedProduct(owner, factor));
      }
    }

    @Override
    public NDArray output(NDArray x, NDArray y, boolean training) {
      NDArray dropped = Ops.dropout(x, dropout, training);
      NDArray low = Ops.linear(dropped, Ops.as(a, x.getDataType()), null);
      return scale.product.to(y, low, Ops.as(b, x.getDataType()));
    }

    @Override
    public void mergeIntoWeight(NDArray weight) {
      Ops.addInPlace(weight, change());
    }

    /** The change of the weight, (out, in). */
    NDArray change() {
      return Ops.mul(Ops.matmul(b, a), scale.factor);
    }
  }

  /** LoRA on the token embedding: A (r, vocabulary), B (width, r). */
  private record Table(LowRank path) implements TableHook {
    @Override
    public NDArray output(NDArray words, UnaryOperator<NDArray> lookUp) {
      NDArray low = lookUp.apply(Ops.transpose(path.a, 0, 1));
      return Ops.add(words, Ops.mul(Ops.linear(low, path.b, null), path.scale.factor));
    }

    @Override
    public void mergeIntoTable(NDArray table) {
      Ops.addInPlace(table, Ops.transpose(path.change(), 0, 1));
    }
  }
}
