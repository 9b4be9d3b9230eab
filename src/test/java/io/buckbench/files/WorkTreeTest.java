package io.buckbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkTreeTest {
  @TempDir Path root;

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private WorkTree committed() throws IOException, InterruptedException {
    for (String name : List.of("a b.txt", "c.txt", "golden/d.txt", "sub/e.txt")) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, name);
    }
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
    return new WorkTree(root.resolve("sub"));
  }

  @Test
  void modified_files_are_named_from_the_top_of_the_tree() throws Exception {
    WorkTree tree = committed();
    assertThat(tree.commit().orElseThrow()).matches("[0-9a-f]{40}");
    assertThat(tree.modifiedOutside("golden")).isEmpty();
    Files.writeString(root.resolve("untracked.txt"), "new");
    Files.writeString(root.resolve("golden/d.txt"), "accepted");
    assertThat(tree.modifiedOutside("golden")).isEmpty();
    Files.writeString(root.resolve("a b.txt"), "changed");
    Files.writeString(root.resolve("sub/e.txt"), "changed");
    git("mv", "c.txt", "renamed.txt");
    assertThat(tree.modifiedOutside("golden"))
        .containsExactlyInAnyOrder("a b.txt", "renamed.txt", "sub/e.txt");
  }

  @Test
  void a_file_that_was_moved_into_the_folder_counts_as_modified() throws Exception {
    WorkTree tree = committed();
    git("mv", "c.txt", "golden/c.txt");
    assertThat(tree.modifiedOutside("golden")).containsExactly("c.txt");
  }

  @Test
  void without_a_repository_there_is_no_commit_and_no_list() {
    WorkTree tree = new WorkTree(root);
    assertThat(tree.commit()).isEmpty();
    assertThatThrownBy(() -> tree.modifiedOutside("golden"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("git failed: ");
  }
}
