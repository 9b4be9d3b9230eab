package io.buckbench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.accepted.SyntheticSuite;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.NamePattern;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
  @AfterEach
  void clear_properties() {
    System.clearProperty(Selection.ONLY);
    System.clearProperty(Selection.SEEDS);
  }

  @Test
  void baselines_come_first() {
    assertThat(Selection.fromProperties().referencesFirst(SyntheticSuite.suite()))
        .hasToString(
            "[mini/untouched seed 1, mini/untouched seed 2, mini/untouched seed 3,"
                + " mini/full seed 1, mini/full seed 2, mini/full seed 3,"
                + " mini/lora-r4 seed 1, mini/lora-r4 seed 2, mini/lora-r4 seed 3]");
  }

  @Test
  void properties_select_rows_and_seeds() {
    System.setProperty(Selection.ONLY, "lora*|full");
    System.setProperty(Selection.SEEDS, "2");
    Selection selection = Selection.fromProperties();
    assertThat(selection.partial()).isTrue();
    assertThat(selection.trials(SyntheticSuite.suite()))
        .as("in the suite's order")
        .hasToString(
            "[mini/lora-r4 seed 1, mini/lora-r4 seed 2, mini/full seed 1, mini/full seed 2]");
  }

  @Test
  void a_selection_without_rows_is_refused_with_the_ids() {
    Selection selection = new Selection(Optional.of(NamePattern.of("loar")), Optional.empty());
    assertThatThrownBy(() -> selection.trials(SyntheticSuite.suite()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("loar")
        .hasMessageContaining("lora-r4, full, untouched");
  }

  @Test
  void a_selection_is_described_with_the_ids_and_numbers_of_what_it_chose() {
    System.setProperty(Selection.ONLY, "full");
    System.setProperty(Selection.SEEDS, "1");
    assertThat(Selection.fromProperties().words(SyntheticSuite.suite()))
        .matches("1 of 3 rows of mini \\(full\\), 1 of 9 trials");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5"})
  void an_invalid_number_of_seeds_is_refused(String text) {
    System.setProperty(Selection.SEEDS, text);
    assertThatThrownBy(Selection::fromProperties)
        .hasMessage(
            "-Dbuckbench.seeds: found '"
                + text
                + "', expected a whole number of at least 1; correct it");
  }
}
