package io.buckbench.preflight;

import java.util.Locale;

/** Formats numbers of bytes. */
final class Sizes {
  static final long MIB = 1L << 20;
  static final long GIB = 1L << 30;

  private Sizes() {}

  static String gib(long bytes) {
    return bytes < GIB
        ? String.format(Locale.ROOT, "%.0f MiB", (double) bytes / MIB)
        : String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
