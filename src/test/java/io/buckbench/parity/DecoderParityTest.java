package io.buckbench.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.buckbench.data.TokenBatch;
import io.buckbench.model.TokenLoss;
import io.buckbench.tensor.Tensors;
import io.buckbench.tensor.Torch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The decoder at the start of training, against Hugging Face Transformers. */
class DecoderParityTest {
  static Stream<Reference> references() {
    return Stream.of("A", "B")
        .flatMap(s -> Stream.of("full", "lora_qv_r4").map(m -> new Reference(s, m)));
  }

  static Stream<Arguments> references_and_batches() {
    return references()
        .flatMap(r -> Stream.of("right", "left", "full").map(b -> Arguments.of(r, b)));
  }

  @ParameterizedTest
  @MethodSource("references_and_batches")
  void logits_equal_where_the_mask_is_one(Reference reference, String name) {
    TokenBatch batch = reference.batch(name);
    try (ReferenceModel model = ReferenceModel.open(reference);
        NDManager step = Torch.newManager();
        NDArray array = model.lm().logits(step, batch, model.seams())) {
      int vocabulary = model.lm().config().vocabSize();
      float[] ours = real(Tensors.floats(array), batch, vocabulary);
      float[] theirs = real(reference.floats("logits.safetensors").get(name), batch, vocabulary);
      double[] exact = real(reference.doubles("f64_logits.safetensors", name), batch, vocabulary);
      assertThat(Difference.largest(ours, theirs)).isLessThan(1e-4);
      assertThat(Difference.largest(ours, exact))
          .as("our rounding against the reference's own")
          .isLessThan(3 * Difference.largest(theirs, exact));
    }
  }

  @ParameterizedTest
  @MethodSource("references_and_batches")
  void loss_and_gradients_equal(Reference reference, String name) {
    try (ReferenceModel model = ReferenceModel.open(reference)) {
      double expected = reference.result().required("loss_" + name).doubleValue();
      Map<String, float[]> ours = new LinkedHashMap<>();
      double loss = model.gradients(reference.batch(name), ours);
      SoftAssertions softly = new SoftAssertions();
      softly.assertThat(Difference.relative(loss, expected)).as("loss").isLessThan(1e-4);
      Map<String, float[]> theirs = reference.floats("grads_" + name + ".safetensors");
      softly.assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(theirs.keySet());
      theirs.forEach(
          (tensor, values) -> {
            // Its true gradient is zero (softmax does not see it), so it has no relative error.
            if (!tensor.endsWith("k_proj.bias")) {
              softly
                  .assertThat(Difference.relative(ours.get(tensor), values))
                  .as(tensor)
                  .isLessThan(1e-4);
            }
          });
      softly.assertAll();
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void gradients_round_no_worse_than_the_references(Reference reference) {
    try (ReferenceModel model = ReferenceModel.open(reference)) {
      Map<String, float[]> ours = new LinkedHashMap<>();
      model.gradients(reference.batch("right"), ours);
      Map<String, float[]> theirs = reference.floats("grads_right.safetensors");
      double worstOurs = 0;
      double worstTheirs = 0;
      for (String tensor : theirs.keySet()) {
        double[] exact = reference.doubles("f64_grads_right.safetensors", tensor);
        worstOurs = Math.max(worstOurs, Difference.largest(ours.get(tensor), exact));
        worstTheirs = Math.max(worstTheirs, Difference.largest(theirs.get(tensor), exact));
      }
      assertThat(worstOurs).isLessThan(3 * worstTheirs);
    }
  }

  @ParameterizedTest
  @MethodSource("references")
  void a_label_read_from_a_padding_row_gives_the_references_loss(Reference reference) {
    try (ReferenceModel model = ReferenceModel.open(reference);
        NDManager step = Torch.newManager()) {
      TokenLoss loss =
          model.lm().loss(step, reference.batch("left_first_label"), model.seams(), false);
      double expected = reference.result().required("loss_left_first_label").doubleValue();
      assertThat(Difference.relative(loss.mean(), expected)).isLessThan(1e-4);
    }
  }

  private static float[] real(float[] logits, TokenBatch batch, int vocabulary) {
    float[] real = new float[logits.length];
    int next = 0;
    for (int row : realRows(batch)) {
      System.arraycopy(logits, row * vocabulary, real, next, vocabulary);
      next += vocabulary;
    }
    return Arrays.copyOf(real, next);
  }

  private static double[] real(double[] logits, TokenBatch batch, int vocabulary) {
    double[] real = new double[logits.length];
    int next = 0;
    for (int row : realRows(batch)) {
      System.arraycopy(logits, row * vocabulary, real, next, vocabulary);
      next += vocabulary;
    }
    return Arrays.copyOf(real, next);
  }

  private static List<Integer> realRows(TokenBatch batch) {
    return Stream.iterate(0, i -> i + 1)
        .limit((long) batch.size() * batch.tokens())
        .filter(i -> batch.attentionMask()[i / batch.tokens()][i % batch.tokens()] == 1)
        .toList();
  }
}
