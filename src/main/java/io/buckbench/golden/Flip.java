package io.buckbench.golden;

/**
 * A test row whose answers turned.
 *
 * @param id the row's id
 * @param wanted {@code y} or {@code n}
 * @param golden the accepted answer of each trial, one letter each
 * @param fresh the answer of each trial now
 */
public record Flip(String id, String wanted, String golden, String fresh) {
  @Override
  public String toString() {
    return id + " (" + wanted + "): " + golden + " -> " + fresh;
  }
}
