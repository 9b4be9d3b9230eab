package io.buckbench.golden;

import io.buckbench.eval.Prediction;
import io.buckbench.files.Digests;
import io.buckbench.record.RunRecord;
import io.buckbench.train.StepMetric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Digests of runs; they are equal for runs with the same bits. */
final class RunDigests {
  private RunDigests() {}

  /** SHA-256 of the bits of every step's loss. */
  static String losses(RunRecord run) {
    MessageDigest digest = Digests.sha256();
    for (StepMetric step : run.steps()) {
      add(digest, step.loss());
    }
    return Digests.hex(digest);
  }

  /** SHA-256 of every prediction: item, label, text and the bits of all likelihoods. */
  static String predictions(RunRecord run) {
    MessageDigest digest = Digests.sha256();
    for (Prediction p : run.predictions()) {
      add(digest, p.id());
      add(digest, p.wantedWord());
      add(digest, p.generated());
      p.logProbs().forEach(value -> add(digest, value));
    }
    return Digests.hex(digest);
  }

  /** SHA-256 of a text and its length. */
  static String text(String text) {
    MessageDigest digest = Digests.sha256();
    add(digest, text);
    return Digests.hex(digest);
  }

  private static void add(MessageDigest digest, double value) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(Double.doubleToLongBits(value)).array());
  }

  private static void add(MessageDigest digest, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    // The length first, so that "ab" + "c" is not "a" + "bc".
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
