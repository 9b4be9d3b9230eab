package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.budget.PriceCards;
import io.buckbench.budget.Throughputs;
import io.buckbench.files.Folders;
import io.buckbench.findings.Names;
import io.buckbench.suite.Models;
import io.buckbench.suite.SuiteColumn;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every name that a person writes has one line, and the page has them all. */
class ReferenceTest {
  private static final Reference REFERENCE = Reference.read();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = BuckBench.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(args);
  }

  @Test
  void every_column_claim_and_metric_has_its_line_and_no_other_does() {
    assertThat(REFERENCE.names("suite")).containsExactlyElementsOf(SuiteColumn.names());
    assertThat(REFERENCE.names("prices.csv")).containsExactlyElementsOf(PriceCards.COLUMNS);
    assertThat(REFERENCE.names("throughput.csv")).containsExactlyElementsOf(Throughputs.COLUMNS);
    assertThat(REFERENCE.names("models.csv")).containsExactlyElementsOf(Models.COLUMNS);
    assertThat(REFERENCE.names("hypotheses.csv")).containsExactlyElementsOf(Names.columns());
    assertThat(REFERENCE.names("claim")).containsExactlyElementsOf(Names.claims());
    assertThat(REFERENCE.names("metric")).containsExactlyInAnyOrderElementsOf(Names.metrics());
  }

  /** Also a table that was added since has its lines. */
  @Test
  void the_header_of_every_table_in_benchmarks_is_described() throws IOException {
    for (Path file : Folders.files(Path.of("benchmarks"))) {
      String name = file.getFileName().toString();
      if (file.getNameCount() != 2 || !name.endsWith(".csv") || name.equals("paper-table1.csv")) {
        continue;
      }
      String header =
          Files.readAllLines(file).stream()
              .filter(l -> !l.startsWith("#"))
              .findFirst()
              .orElseThrow();
      String topic = header.contains(",method,") && header.contains(",seeds") ? "suite" : name;
      assertThat(REFERENCE.names(topic)).as(name).contains(header.strip().split(" *, *"));
    }
  }

  @Test
  void every_property_that_the_program_reads_has_its_line() throws IOException {
    Pattern property = Pattern.compile("\"(buckbench\\.[a-z]+)\"");
    Set<String> read = new TreeSet<>();
    for (String root : new String[] {"src/main/java", "src/test/java/io/buckbench/bench"}) {
      for (Path file : Folders.files(Path.of(root))) {
        property.matcher(Files.readString(file)).results().forEach(m -> read.add(m.group(1)));
      }
    }
    assertThat(REFERENCE.names("property")).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void the_page_is_the_one_that_help_prints() throws IOException {
    assertThat(Path.of("docs/reference.md"))
        .as("write it with ./buckbench help --all > docs/reference.md")
        .content()
        .isEqualTo(REFERENCE.markdown());
    assertThat(run("help", "--all")).isEqualTo(BuckBench.OK);
    assertThat(out.toString()).isEqualTo(REFERENCE.markdown());
  }

  @Test
  void help_explains_a_column_a_claim_and_a_command() {
    assertThat(run("help", "price_card", "none-beats", "choose")).isEqualTo(BuckBench.OK);
    assertThat(out.toString())
        .contains(
            "suite price_card: id of a row of `prices.csv`: what the machine costs (every row")
        .contains("claim none-beats: no subject is above its reference")
        .contains("Usage: buckbench choose");
  }

  @Test
  void an_unknown_name_is_refused_with_the_nearest_one() {
    assertThat(run("help", "pricecard")).isEqualTo(BuckBench.INVALID_INPUT);
    assertThat(err.toString())
        .contains("help: found 'pricecard', expected a command, or a column")
        .contains("did you mean price_card?");
  }

  @Test
  void the_list_of_commands_shows_whole_sentences() {
    assertThat(run("--help")).isEqualTo(BuckBench.OK);
    BuckBench.commandLine()
        .getSubcommands()
        .forEach(
            (name, command) -> {
              String first = command.getCommandSpec().usageMessage().description()[0];
              assertThat(out.toString().replaceAll("\\s+", " "))
                  .contains(name + " " + first.replaceAll("\\s+", " "));
            });
  }
}
