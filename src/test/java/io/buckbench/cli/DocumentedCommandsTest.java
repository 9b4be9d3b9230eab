package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

/**
 * The commands in the documents: the real parser accepts them, and those that {@code .ci/run} does
 * not run are listed as untried in docs/untried.md.
 */
class DocumentedCommandsTest {
  private static final Path UNTRIED = Path.of("docs/untried.md");
  private static final String PROGRAM = "./buckbench ";
  private static final String MAVEN = "./mvnw ";
  private static final Pattern INLINE = Pattern.compile("`(\\./(?:buckbench|mvnw) [^`]+)`");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  /** What .ci/run runs. */
  private static final List<Path> RUN =
      List.of(Path.of("README.md"), Path.of("docs/quickstart.md"), Path.of("docs/report.md"));

  private record Documented(Path file, int line, String command, boolean run) {
    String where() {
      return file + ":" + line + " " + command;
    }
  }

  private static List<Documented> documented() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    for (String folder : List.of("docs", "benchmarks", "datasets", "src/main/resources")) {
      Folders.files(Path.of(folder)).stream()
          .filter(file -> file.toString().endsWith(".md") && !file.equals(UNTRIED))
          .forEach(files::add);
    }
    List<Documented> all = new ArrayList<>();
    for (Path file : files) {
      boolean marked = false;
      boolean block = false;
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).strip();
        if (line.startsWith("```")) {
          block = !block;
          marked = block && i > 0 && lines.get(i - 1).equals("<!-- ci -->");
        } else if (block && (line.startsWith(PROGRAM) || line.startsWith(MAVEN))) {
          all.add(new Documented(file, i + 1, line, marked && RUN.contains(file)));
        } else if (!block) {
          Matcher inline = INLINE.matcher(line);
          while (inline.find()) {
            all.add(new Documented(file, i + 1, inline.group(1), false));
          }
        }
      }
    }
    return all;
  }

  @Test
  void the_parser_accepts_every_documented_command() throws IOException {
    List<String> refused = new ArrayList<>();
    for (Documented each : documented()) {
      if (!each.command().startsWith(PROGRAM)) {
        continue;
      }
      List<String> words = words(each.command());
      words.remove("-Pgpu");
      if (words.get(0).equals("COMMAND")) {
        continue;
      }
      try {
        BuckBench.commandLine().parseArgs(words.toArray(String[]::new));
      } catch (ParameterException e) {
        refused.add(each.where() + ": " + e.getMessage());
      }
    }
    assertThat(refused).isEmpty();
  }

  private static List<String> words(String command) {
    // What follows belongs to the shell.
    String own = command.substring(PROGRAM.length()).split(" [|>&]", 2)[0];
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(own);
    while (matcher.find()) {
      words.add(
          Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
              .filter(group -> group != null)
              .findFirst()
              .orElseThrow());
    }
    return words;
  }

  @Test
  void maven_knows_the_profiles_and_properties_of_every_documented_build() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    List<String> unknown = new ArrayList<>();
    for (Documented each : documented()) {
      if (!each.command().startsWith(MAVEN)) {
        continue;
      }
      for (String word : each.command().split(" ")) {
        String name = word.replaceFirst("^-[PD]", "").replaceFirst("=.*", "");
        boolean known =
            word.startsWith("-P")
                ? pom.contains("<id>" + name + "</id>")
                : Stream.of("<%s>", "<%s/>", "<name>%s</name>")
                    .anyMatch(tag -> pom.contains(tag.formatted(name)));
        if ((word.startsWith("-P") || word.startsWith("-Dbuckbench.")) && !known) {
          unknown.add(each.where() + ": " + word);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void commands_that_are_not_run_are_listed_as_untried() throws IOException {
    List<Documented> all = documented();
    List<String> run = all.stream().filter(Documented::run).map(Documented::command).toList();
    assertThat(run).as("the commands of .ci/run").hasSizeGreaterThan(6);
    List<String> listed =
        Files.readAllLines(UNTRIED).stream()
            .filter(line -> line.startsWith("./"))
            .distinct()
            .toList();
    assertThat(listed)
        .as("docs/untried.md")
        .containsExactlyInAnyOrderElementsOf(
            all.stream()
                .map(Documented::command)
                .filter(command -> !run.contains(command))
                .filter(command -> !command.startsWith(PROGRAM + "COMMAND"))
                .distinct()
                .toList());
  }
}
