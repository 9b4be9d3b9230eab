package io.buckbench.preflight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a GPU is on the PCI bus: the one name of it that CUDA and {@code nvidia-smi} share, since
 * {@code CUDA_VISIBLE_DEVICES} and {@code CUDA_DEVICE_ORDER} change CUDA's numbers alone.
 */
record PciBusId(long domain, int bus, int device) {
  private static final Pattern WRITTEN =
      Pattern.compile("(\\p{XDigit}{4,8}):(\\p{XDigit}{2}):(\\p{XDigit}{2})\\.\\d");

  /** Reads {@code 0000:3B:00.0}, as CUDA writes it, or nvidia-smi's longer domain. */
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
