package io.buckbench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerLibraryTest {
  @Test
  void the_cpu_build_is_the_default() {
    assertThat(TokenizerLibrary.flavor(Optional.empty())).isEqualTo("cpu");
    assertThat(TokenizerLibrary.flavor(Optional.of("cpu"))).isEqualTo("cpu");
  }

  /** DJL treats an empty variable as one that is not set. */
  @ParameterizedTest
  @ValueSource(strings = {"cu122", ""})
  void a_build_that_would_be_downloaded_is_refused(String flavor) {
    assertThatThrownBy(() -> TokenizerLibrary.flavor(Optional.of(flavor)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "RUST_FLAVOR: found '"
                + flavor
                + "', expected cpu, the build of the tokenizers on the class path; unset");
  }
}
