package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long seconds;

  private ProgressLines lines(boolean terminal) {
    return new ProgressLines(
        new PrintStream(bytes, true, StandardCharsets.UTF_8),
        terminal,
        () -> seconds * 1_000_000_000L);
  }

  private String taken() {
    String text = bytes.toString(StandardCharsets.UTF_8).replace("\u001b[", "^[");
    bytes.reset();
    return text;
  }

  @Test
  void on_a_terminal_each_task_has_one_line_that_is_redrawn() {
    try (ProgressLines lines = lines(true)) {
      lines.show("a", "step 1");
      assertThat(taken()).isEqualTo("a: step 1\n");
      lines.show("b", "step 1");
      assertThat(taken()).as("too early to redraw").isEmpty();
      seconds++;
      lines.show("a", "step 2");
      assertThat(taken()).isEqualTo("^[1A^[Ja: step 2\nb: step 1\n");
      lines.remove("a");
      assertThat(taken()).as("room for the line of the ended task").isEqualTo("^[2A^[J");
      lines.redraw();
      assertThat(taken()).isEqualTo("b: step 1\n");
    }
    assertThat(taken()).isEqualTo("^[1A^[J");
  }

  @Test
  void a_long_line_does_not_wrap() {
    try (ProgressLines lines = lines(true)) {
      lines.show("a", "x".repeat(100));
      assertThat(taken()).hasSize(80);
    }
  }

  @Test
  void elsewhere_a_line_is_printed_for_each_task_once_a_minute() {
    try (ProgressLines lines = lines(false)) {
      lines.show("a", "step 1");
      seconds = 59;
      lines.show("a", "step 2");
      lines.show("b", "step 1");
      assertThat(taken()).isEmpty();
      seconds = 61;
      lines.show("a", "step 3");
      lines.show("b", "step 2");
      lines.show("a", "step 4");
      assertThat(taken()).isEqualTo("a: step 3\n");
      lines.remove("a");
      lines.redraw();
    }
    assertThat(taken()).isEmpty();
  }
}
