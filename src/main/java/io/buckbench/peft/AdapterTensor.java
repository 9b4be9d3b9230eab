package io.buckbench.peft;

import java.util.Optional;

/**
 * A tensor of an adapter.
 *
 * @param name PEFT's name in {@code named_parameters}, without the adapter's name
 * @param saved PEFT's name in {@code adapter_model.safetensors}
 * @param shape the length of each axis
 * @param trained whether it is trained; otherwise it is only saved
 * @param replaces the weight of the base model that it is a copy of and that it replaces; empty for
 *     a tensor of its own
 */
public record AdapterTensor(
    String name, String saved, long[] shape, boolean trained, Optional<String> replaces) {

  /** A trained tensor with one name. */
  public static AdapterTensor trained(String name, long... shape) {
    return new AdapterTensor(name, name, shape, true, Optional.empty());
  }

  /** A trained copy of a base weight. */
  public static AdapterTensor copy(String name, String saved, String weight, long[] shape) {
    return new AdapterTensor(name, saved, shape, true, Optional.of(weight));
  }
}
