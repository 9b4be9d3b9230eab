package io.buckbench.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The repository that the program was started in.
 *
 * @param commit the checked-out commit, or {@code unknown} where git or a repository is missing
 * @param dirty whether tracked files differ from it; accepted results under {@code golden} do not
 *     count, since accepting one suite must not taint the runs of the next
 */
record GitState(String commit, boolean dirty) {
  private static final long SECONDS = 20;

  static GitState of(Path directory) {
    return git(directory, "rev-parse", "HEAD")
        .map(
            head ->
                new GitState(
                    head,
                    git(
                            directory,
                            "status",
                            "--porcelain",
                            "--untracked-files=no",
                            "--",
                            ":/",
                            ":(top,exclude)golden")
                        .map(changes -> !changes.isEmpty())
                        .orElse(false)))
        .orElse(new GitState("unknown", false));
  }

  private static Optional<String> git(Path directory, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = "git";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      return process.exitValue() == 0 ? Optional.of(output.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // No git on this machine.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
