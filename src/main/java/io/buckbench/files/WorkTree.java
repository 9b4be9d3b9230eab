package io.buckbench.files;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A git work tree, used by running git.
 *
 * @param directory any directory in it
 */
public record WorkTree(Path directory) {

  /** The commit that is checked out; empty if git or the repository is missing. */
  public Optional<String> commit() {
    try {
      return Optional.of(git("rev-parse", "HEAD").strip());
    } catch (InvalidInputException e) {
      return Optional.empty();
    }
  }

  /**
   * Tracked files that differ from the commit, except those in one folder.
   *
   * @param folder below the tree's top
   * @throws InvalidInputException if git fails
   */
  public List<String> modifiedOutside(String folder) {
    List<String> modified = new ArrayList<>();
    // With -z, names are not quoted and end with NUL; a renamed file's old name is the next field.
    String others = ":(top,exclude)" + folder;
    String status = git("status", "--porcelain", "--untracked-files=no", "-z", "--", ":/", others);
    String[] fields = status.split("\0");
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].length() > 3) {
        modified.add(fields[i].substring(3));
        i += fields[i].charAt(0) == 'R' || fields[i].charAt(0) == 'C' ? 1 : 0;
      }
    }
    return modified;
  }

  /** Whether git has a commit. */
  public boolean has(String commit) {
    try {
      git("cat-file", "-e", commit + "^{commit}");
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  /**
   * Checks out a commit in another folder, as a work tree of the same repository.
   *
   * @throws InvalidInputException if git fails
   */
  public void checkOut(String commit, Path folder) {
    // A folder that was deleted without git's knowledge is still in its list of work trees.
    git("worktree", "prune");
    git("worktree", "add", "--quiet", "--detach", folder.toAbsolutePath().toString(), commit);
  }

  private String git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).start();
      process.getOutputStream().close();
      byte[] output = process.getInputStream().readAllBytes();
      byte[] complaint = process.getErrorStream().readAllBytes();
      if (process.waitFor() == 0) {
        return new String(output, StandardCharsets.UTF_8);
      }
      throw refused("git failed: " + new String(complaint, StandardCharsets.UTF_8).strip(), null);
    } catch (IOException e) {
      throw refused("git cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("interrupted while git ran", e);
    }
  }

  private InvalidInputException refused(String found, Exception cause) {
    return new InvalidInputException(
        directory.toString(),
        found,
        "a git work tree, so that results can be traced to a commit",
        "work in a clone of the repository",
        cause);
  }
}
