package io.buckbench.golden;

/**
 * A verdict that is not the accepted one.
 *
 * @param finding {@code hypothesis} or {@code hypothesis/experiment}
 * @param accepted the golden file's verdict, or {@code nothing}
 * @param now the verdict of these runs, or {@code nothing}
 * @param breaksPromise whether a build must fail
 */
public record VerdictChange(String finding, String accepted, String now, boolean breaksPromise) {
  @Override
  public String toString() {
    return "verdict-changed: " + finding + ", accepted " + accepted + ", now " + now;
  }
}
