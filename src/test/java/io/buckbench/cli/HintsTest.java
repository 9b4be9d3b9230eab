package io.buckbench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What messages tell a user to type exists. */
class HintsTest {
  private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

  /** Options of nvidia-smi and of Docker. */
  private static final Set<String> OTHERS =
      Set.of("--gpus", "--query-gpu", "--query-compute-apps", "--format");

  /** Calls git. */
  private static final Path GIT = Path.of("src/main/java/io/buckbench/files/WorkTree.java");

  @Test
  void every_option_in_a_message_is_one_of_a_command() throws IOException {
    Set<String> known = new TreeSet<>(OTHERS);
    for (CommandLine command : BuckBench.commandLine().getSubcommands().values()) {
      known.addAll(command.getCommandSpec().optionsMap().keySet());
    }
    Map<String, String> unknown = new LinkedHashMap<>();
    for (Path file : Folders.files(Path.of("src/main/java"))) {
      if (file.equals(GIT)) {
        continue;
      }
      Matcher literal =
          LITERAL.matcher(Files.readString(file).replaceAll("(?m)^\\s*(//|\\*).*$", ""));
      while (literal.find()) {
        Matcher option = OPTION.matcher(literal.group());
        while (option.find()) {
          if (!known.contains(option.group())) {
            unknown.put(option.group(), file.toString());
          }
        }
      }
    }
    assertThat(unknown).isEmpty();
  }
}
