package io.buckbench.parity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.input.InvalidInputException;
import io.buckbench.model.CausalLM;
import io.buckbench.model.Seams;
import io.buckbench.model.TokenLoss;
import io.buckbench.model.VirtualTokens;
import io.buckbench.peft.Adapter;
import io.buckbench.tensor.Autograd;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Computes the quantities that are compared with the reference.
 *
 * @param base the base model
 * @param batches by name
 */
record Computed(CausalLM base, Map<String, TokenBatch> batches) {
  /** Every logit of a batch, row-major. */
  double[] logits(String batch, Adapter adapter) {
    try (NDManager step = Torch.newManager()) {
      return ReferenceFiles.widened(
          Tensors.floats(base.logits(step, batches.get(batch), adapter.seams())));
    }
  }

  /** The deviation of a batch's logits from the reference, without those of padding. */
  Deviation logits(String batch, Adapter adapter, double[] reference) {
    return Deviation.of(
        real(logits(batch, adapter), batch, adapter), real(reference, batch, adapter));
  }

  /** The logits of real and virtual tokens, without those of padding. */
  double[] real(double[] logits, String batch, Adapter adapter) {
    long[][] mask = batches.get(batch).attentionMask();
    int virtual = adapter.seams().virtualTokens().map(VirtualTokens::count).orElse(0);
    int vocabulary = base.architecture().shape().vocabulary();
    int tokens = virtual + mask[0].length;
    return IntStream.range(0, logits.length)
        .filter(
            i -> {
              int column = i / vocabulary % tokens - virtual;
              return column < 0 || mask[i / vocabulary / tokens][column] == 1;
            })
        .mapToDouble(i -> logits[i])
        .toArray();
  }

  /** The mean loss, without dropout. */
  double loss(String batch, Adapter adapter) {
    try (NDManager step = Torch.newManager()) {
      return base.loss(step, batches.get(batch), adapter.seams(), false).mean();
    }
  }

  /** The gradients of the mean loss by name. */
  Map<String, double[]> gradients(String batch, Adapter adapter) {
    List<Parameter> parameters = adapter.parameters();
    Map<String, double[]> gradients = new LinkedHashMap<>();
    Autograd.setRequiresGradient(parameters, true);
    try (NDManager step = Torch.newManager()) {
      TokenLoss loss = base.loss(step, batches.get(batch), adapter.seams(), true);
      Autograd.backward(loss.sum(), 1f / loss.count());
      for (Parameter p : parameters) {
        try (NDArray gradient = Autograd.gradient(p.array()).orElseThrow()) {
          gradients.put(p.name(), ReferenceFiles.widened(Tensors.floats(gradient)));
        }
        Autograd.zeroGradient(p.array());
      }
    } finally {
      Autograd.setRequiresGradient(parameters, false);
    }
    return gradients;
  }

  /** The prompts of the batch {@code generate} with their greedy continuations. */
  long[][] generate(int newTokens, Adapter adapter) {
    TokenBatch prompts = batches.get("generate");
    Seams seams = adapter.seams();
    boolean drops = seams.virtualTokens().isPresent() && !base.architecture().derivesPositions();
    long[][] written =
        base.generate(
                prompts.inputIds(),
                prompts.attentionMask(),
                newTokens,
                drops ? countingPadding(seams) : seams)
            .newTokens();
    long[][] whole = new long[written.length][];
    for (int row = 0; row < whole.length; row++) {
      long[] prompt = prompts.inputIds()[row];
      whole[row] = Arrays.copyOf(prompt, prompt.length + written[row].length);
      System.arraycopy(written[row], 0, whole[row], prompt.length, written[row].length);
    }
    return whole;
  }

  /** PEFT drops position ids if there are virtual tokens, so that its positions count padding. */
  private static Seams countingPadding(Seams seams) {
    return new Seams() {
      @Override
      public Optional<VirtualTokens> virtualTokens() {
        return seams.virtualTokens();
      }

      @Override
      public boolean positionsCountPadding() {
        return true;
      }
    };
  }

  /** Copies of parameters by name. */
  static Map<String, double[]> values(List<Parameter> parameters) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (Parameter p : parameters) {
      values.put(p.name(), ReferenceFiles.widened(Tensors.floats(p.array())));
    }
    return values;
  }

  /**
   * Overwrites parameters by name.
   *
   * @param where the values' file, for messages
   */
  static void set(List<Parameter> parameters, Map<String, double[]> values, String where) {
    try (NDManager manager = Torch.newManager()) {
      for (Parameter p : parameters) {
        double[] wide = values.get(p.name());
        if (wide == null || wide.length != p.array().size()) {
          throw new InvalidInputException(
              where + " tensor " + p.name(),
              wide == null ? "nothing" : wide.length + " values",
              "every trainable tensor, this one with shape " + p.array().getShape(),
              "write the reference's numbers again");
        }
        float[] narrow = new float[wide.length];
        for (int i = 0; i < wide.length; i++) {
          narrow[i] = (float) wide[i];
        }
        try (NDArray value = Tensors.of(manager, narrow, Tensors.shape(p.array()))) {
          Tensors.copyInto(p.array(), value);
        }
      }
    }
  }
}
