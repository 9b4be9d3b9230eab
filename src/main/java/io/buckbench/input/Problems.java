package io.buckbench.input;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with an input, so that all of it is told at once, and each thing once. */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Notes one problem; see {@link Problem} for the four parts. */
  public void add(String where, String found, String expected, String todo) {
    this.found.add(new Problem(where, found, expected, todo));
  }

  /** Notes all problems of a part that was checked on its own. */
  public void addAll(InvalidInputException part) {
    found.addAll(part.problems());
  }

  /** Everything noted, in its order. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /** Whether nothing was noted. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws InvalidInputException with everything noted, if anything was
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidInputException(List.copyOf(found));
    }
  }
}
