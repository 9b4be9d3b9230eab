package io.buckbench.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a GPU on the PCI bus. It identifies a GPU both in CUDA and in {@code nvidia-smi};
 * device numbers do not, since {@code CUDA_VISIBLE_DEVICES} and {@code CUDA_DEVICE_ORDER} change
 * those of CUDA only.
 */
record PciBusId(long domain, int bus, int device) {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\p{XDigit}{4,8}):(\\p{XDigit}{2}):(\\p{XDigit}{2})\\.\\d");

  /** Parses {@code 0000:3B:00.0}, as CUDA writes it, or the longer domain of nvidia-smi. */
  static Optional<PciBusId> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new PciBusId(
                Long.parseLong(matcher.group(1), 16),
                Integer.parseInt(matcher.group(2), 16),
                Integer.parseInt(matcher.group(3), 16)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%04X:%02X:%02X.0".formatted(domain, bus, device);
  }
}
