package io.buckbench.promise;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectorTest {
  private NDManager manager;
  private Inspector inspector;
  private List<Parameter> base;
  private List<Parameter> adapter;

  @BeforeEach
  void load() {
    inspector = new Inspector();
    manager = Torch.newManager();
    base = List.of(parameter("weight", 1, 2), parameter("bias", 3, 4));
    adapter = List.of(parameter("lora_A", 5, 6), parameter("lora_B", 7, 8));
    inspector.loaded(base);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Parameter parameter(String name, float... values) {
    return new Parameter(name, Tensors.of(manager, values, values.length));
  }

  private void overwrite(Parameter parameter, float... values) {
    try (NDArray other = Tensors.of(manager, values, values.length)) {
      Tensors.copyInto(parameter.array(), other);
    }
  }

  @Test
  void a_trained_adapter_on_unchanged_weights_breaks_nothing() {
    overwrite(adapter.get(0), 9, 9);
    Inspection seen = inspector.inspect(base, adapter, 0);
    manager.close();
    assertThat(inspector.closed(seen)).isEqualTo(Inspection.NONE);
  }

  @Test
  void a_changed_bit_of_the_base_weights_is_seen_unless_they_are_trained() {
    overwrite(base.get(1), 3, Math.nextUp(4f));
    assertThat(inspector.inspect(base, adapter, 0).baseUnchanged()).isFalse();
    assertThat(inspector.inspect(base, base, 0)).isEqualTo(Inspection.NONE);
  }

  @Test
  void parameters_that_are_not_finite_are_counted_and_the_first_is_named() {
    overwrite(adapter.get(0), Float.NaN, 1);
    overwrite(adapter.get(1), Float.NEGATIVE_INFINITY, Float.NaN);
    assertThat(inspector.inspect(base, adapter, 2))
        .isEqualTo(new Inspection(true, 0, 3, "lora_A", 2));
  }

  @Test
  void trained_base_weights_are_counted_once() {
    overwrite(base.get(0), 1, Float.NaN);
    assertThat(inspector.inspect(base, base, 0)).isEqualTo(new Inspection(true, 0, 1, "weight", 0));
  }

  @Test
  void arrays_that_stay_alive_after_closing_are_counted() {
    Inspection seen = inspector.inspect(base, adapter, 0);
    assertThat(inspector.closed(seen).leakedArrays()).isEqualTo(4);
  }
}
