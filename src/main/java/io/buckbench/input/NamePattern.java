package io.buckbench.input;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Matches whole names: alternatives separated by {@code |}, in which {@code *} stands for any text.
 * {@code lora_*|ia3} matches {@code lora_r2_qv} and {@code ia3}, but not {@code ia3_large}.
 *
 * @param text the pattern as it was written
 * @param regex the same as a regular expression
 */
public record NamePattern(String text, Pattern regex) {
  /** Parses a pattern; every text is one. */
  public static NamePattern of(String text) {
    String regex =
        Arrays.stream(text.split("\\|", -1))
            .map(
                alternative ->
                    List.of(alternative.strip().split("\\*", -1)).stream()
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
            .collect(Collectors.joining("|"));
    return new NamePattern(text, Pattern.compile(regex));
  }

  /** Whether a whole name matches. */
  public boolean matches(String name) {
    return regex.matcher(name).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
