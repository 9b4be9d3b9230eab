package io.buckbench.input;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of an input, so that all are reported together and none is repeated. */
public final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  /** Adds a problem; see {@link Problem} for the parameters. */
  public void add(String where, String found, String expected, String todo) {
    this.found.add(new Problem(where, found, expected, todo));
  }

  /** Adds a problem if a number is too small. */
  public void requireAtLeast(int least, String where, int found) {
    if (found < least) {
      add(where, found + "", "at least " + least, "raise it");
    }
  }

  /** Adds the problems of a part that was checked separately. */
  public void addAll(InvalidInputException part) {
    found.addAll(part.problems());
  }

  /** The problems, in the order in which they were added. */
  public List<Problem> list() {
    return List.copyOf(found);
  }

  /** Whether there are no problems. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /**
   * @throws InvalidInputException with all problems, if there are any
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new InvalidInputException(list());
    }
  }
}
