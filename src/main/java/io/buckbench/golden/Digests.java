package io.buckbench.golden;

import io.buckbench.eval.Prediction;
import io.buckbench.experiment.RunRecord;
import io.buckbench.train.StepMetric;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short proofs that two runs gave the same bits. */
public final class Digests {
  private Digests() {}

  /** SHA-256 over every step's loss, bit for bit. */
  public static String losses(RunRecord run) {
    MessageDigest digest = sha256();
    for (StepMetric step : run.steps()) {
      add(digest, step.loss());
    }
    return hex(digest);
  }

  /** SHA-256 over every prediction: row, text and both likelihoods, bit for bit. */
  public static String predictions(RunRecord run) {
    MessageDigest digest = sha256();
    for (Prediction p : run.predictions()) {
      add(digest, p.id());
      add(digest, p.wanted() ? "yes" : "no");
      add(digest, p.generated());
      add(digest, p.logProbYes());
      add(digest, p.logProbNo());
    }
    return hex(digest);
  }

  /** SHA-256 of a text. */
  static String text(String text) {
    MessageDigest digest = sha256();
    add(digest, text);
    return hex(digest);
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
