package io.buckbench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsNeededTest {
  /** The study in Python simulated 5 / 8 seeds (sd 2) and 20 / 40 (sd 5, in steps of 5 and 20). */
  @Test
  void the_formula_gives_about_the_numbers_of_seeds_that_simulation_gave() {
    assertThat(SeedsNeeded.markdown())
        .contains("| two rows, seeds' sd 2.0 | 5.0 | 5 / 8 |")
        .containsPattern("two rows, seeds' sd 5.0 \\| 5.0 \\| (19|20) / 3\\d ")
        .contains(
            "| the last row, to be more than 10 points above always yes | 5.0 | 179 / never |");
  }
}
