package io.buckbench.accepted;

import io.buckbench.record.RunRecord;
import java.util.List;
import java.util.Map;

/** Trains rows by the commit whose results were accepted. */
@FunctionalInterface
public interface AcceptedTraining {
  /**
   * Trains rows of a suite.
   *
   * @param commit the accepted one
   * @param seeds the seeds of each row
   * @return the records, or why there are none; a commit that cannot be had is no error
   */
  Trained train(String commit, String suite, Map<String, List<Long>> seeds);

  /**
   * What became of it.
   *
   * @param records of all trials, or none
   * @param words describes it for the reader of a comparison
   */
  record Trained(List<RunRecord> records, String words) {
    private static final int DIGITS = 12;

    static Trained of(String commit, List<RunRecord> records) {
      return new Trained(
          List.copyOf(records), "the accepted commit " + first(commit) + " was trained here too");
    }

    static Trained not(String commit, String why) {
      return new Trained(
          List.of(),
          "the accepted commit "
              + first(commit)
              + " was not trained here, so the accepted trials are compared with: "
              + why);
    }

    private static String first(String commit) {
      return commit.substring(0, Math.min(DIGITS, commit.length()));
    }
  }
}
