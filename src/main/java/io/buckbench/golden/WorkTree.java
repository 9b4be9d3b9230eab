package io.buckbench.golden;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A git work tree.
 *
 * @param root its top folder
 */
record WorkTree(Path root) {

  /**
   * Tracked files that differ from the last commit, apart from those below a folder.
   *
   * @throws InvalidInputException if git cannot say
   */
  List<String> modifiedOutside(String folder) {
    List<String> modified = new ArrayList<>();
    // -z: names unquoted and parted by NUL; a renamed file's old name follows as a field.
    String[] fields = git("status", "--porcelain", "--untracked-files=no", "-z").split("\0");
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].length() > 3) {
        String name = fields[i].substring(3);
        if (!name.startsWith(folder + "/")) {
          modified.add(name);
        }
        i += fields[i].charAt(0) == 'R' || fields[i].charAt(0) == 'C' ? 1 : 0;
      }
    }
    return modified;
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() == 0) {
        return output;
      }
      throw refused("git says: " + output.strip(), null);
    } catch (IOException e) {
      throw refused("git cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("interrupted while git ran", e);
    }
  }

  private InvalidInputException refused(String found, Exception cause) {
    return new InvalidInputException(
        root.toString(),
        found,
        "a git work tree, so that what is accepted belongs to a commit",
        "accept in a clone of the repository",
        cause);
  }
}
