package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {
  @Test
  void too_few_replicates_are_refused() {
    StringWriter err = new StringWriter();
    CommandLine line = BuckBench.commandLine();
    line.setErr(new PrintWriter(err));
    assertThat(line.execute("simulate", "--replicates", "99")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString()).contains("--replicates: found 99, expected 100 or more");
  }
}
