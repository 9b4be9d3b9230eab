package io.buckbench.junit;

import java.nio.charset.StandardCharsets;

/**
 * How many bytes a trial's page may add to a report. All pages together must leave a report in one
 * file, which holds everything as base64, below {@link #MOST_BYTES}. A page that has too much
 * attaches what matters most and links to the rest.
 *
 * @param bytes of the page and its attachments
 */
record PageRoom(long bytes) {
  /** The size that a report in one file stays below. */
  static final long MOST_BYTES = 25_000_000;

  /** Allure's own files, the page of the suite, and the results of rows and hypotheses. */
  private static final long OTHER_BYTES = 5_800_000;

  /** What Allure writes about a trial besides its description, in its data and its trees. */
  private static final long TRIAL_BYTES = 10_500;

  /** The room of each of some trials. */
  static PageRoom of(long trials) {
    return new PageRoom((MOST_BYTES - OTHER_BYTES) * 3 / 4 / Math.max(1, trials));
  }

  /** What a description leaves for attachments; Allure keeps it twice. */
  PageRoom after(String description) {
    return less(TRIAL_BYTES + 2L * bytesOf(description));
  }

  /** What an attachment leaves for others. */
  PageRoom less(long attached) {
    return new PageRoom(bytes - attached);
  }

  boolean fits(long more) {
    return more <= bytes;
  }

  /** The first lines of a text that fit, each whole and with its end. */
  String firstLines(String text) {
    long room = bytes;
    int end = 0;
    while (end < text.length()) {
      int next = text.indexOf('\n', end) + 1;
      next = next == 0 ? text.length() : next;
      room -= bytesOf(text.substring(end, next));
      if (room < 0) {
        break;
      }
      end = next;
    }
    return text.substring(0, end);
  }

  static long bytesOf(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
