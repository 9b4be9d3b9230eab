package io.buckbench.tensor;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compute capability of an NVIDIA GPU: 7.0 is Volta (V100), 7.5 Turing (T4), 8.0 Ampere (A100),
 * 8.9 Ada (L4), 9.0 Hopper (H100).
 *
 * @param major major version, the generation
 * @param minor minor version
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
  /** The first one with tensor cores, units for float16 matrix products. */
  public static final ComputeCapability VOLTA = new ComputeCapability(7, 0);

  private static final Comparator<ComputeCapability> ORDER =
      Comparator.comparingInt(ComputeCapability::major).thenComparingInt(ComputeCapability::minor);

  private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})\\.(\\d)");

  /** Parses {@code 7.0}, the format of {@code nvidia-smi}. */
  public static Optional<ComputeCapability> parse(String text) {
    Matcher matcher = DOTTED.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new ComputeCapability(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Whether machine code for another capability runs on this one: the major version must be equal
   * and the minor version not higher (CUDA C++ Programming Guide, section "Binary Compatibility").
   */
  public boolean runs(ComputeCapability built) {
    return built.major == major && built.minor <= minor;
  }

  /** The name in compilers, for example {@code sm_70}. */
  public String sm() {
    return "sm_" + major + minor;
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
