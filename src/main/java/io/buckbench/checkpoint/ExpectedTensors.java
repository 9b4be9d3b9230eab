package io.buckbench.checkpoint;

import io.buckbench.input.Problems;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/** Compares the names and shapes of stored tensors with those that a reader expects. */
public final class ExpectedTensors {
  private ExpectedTensors() {}

  /**
   * Notes every tensor that is missing, has another shape, or is not expected.
   *
   * @param expected name to shape
   * @param allowed names that may be present without being expected
   * @param todo what to do about each problem
   */
  public static void check(
      NamedTensors tensors,
      Map<String, long[]> expected,
      Predicate<String> allowed,
      String todo,
      Problems problems) {
    expected.forEach(
        (name, shape) -> {
          String found =
              tensors.names().contains(name)
                  ? Arrays.toString(tensors.info(name).shape())
                  : "nothing";
          if (!found.equals(Arrays.toString(shape))) {
            problems.add(tensors.source() + " tensor " + name, found, Arrays.toString(shape), todo);
          }
        });
    tensors.names().stream()
        .filter(name -> !expected.containsKey(name) && !allowed.test(name))
        .forEach(
            name ->
                problems.add(
                    tensors.source() + " tensor " + name,
                    Arrays.toString(tensors.info(name).shape()),
                    "no such tensor",
                    todo));
  }
}
