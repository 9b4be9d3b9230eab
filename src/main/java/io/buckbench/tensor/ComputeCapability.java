package io.buckbench.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which generation of instructions an NVIDIA GPU understands: 7.0 is Volta (V100), 7.5 Turing (T4),
 * 8.0 Ampere (A100), 8.9 Ada (L4), 9.0 Hopper (H100).
 *
 * @param major the generation
 * @param minor its variant
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
  /** The first with tensor cores, units for float16 matrix products. */
  public static final ComputeCapability VOLTA = new ComputeCapability(7, 0);

  private static final Pattern DOTTED = Pattern.compile("(\\d{1,2})\\.(\\d)");

  /** Reads {@code 7.0}, as {@code nvidia-smi} writes it. */
  public static Optional<ComputeCapability> parse(String text) {
    Matcher matcher = DOTTED.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(
            new ComputeCapability(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  /**
   * Whether machine code for another capability runs here: same major, minor not above this one's
   * (CUDA C++ Programming Guide, section "Binary Compatibility").
   */
  public boolean runs(ComputeCapability built) {
    return built.major == major && built.minor <= minor;
  }

  /** As compilers name it, for example {@code sm_70}. */
  public String sm() {
    return "sm_" + major + minor;
  }

  @Override
  public int compareTo(ComputeCapability other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
