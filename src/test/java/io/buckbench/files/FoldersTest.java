package io.buckbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path folder;

  @Test
  void a_folder_is_listed_and_deleted_with_everything_below_it() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Path second = Files.writeString(deep.resolve("2"), "");
    Path first = Files.writeString(folder.resolve("a/1"), "");
    assertThat(Folders.files(folder.resolve("a"))).containsExactly(first, second);
    Folders.delete(folder.resolve("a"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_missing_folder_has_no_files_and_can_be_deleted() throws IOException {
    assertThat(Folders.files(folder.resolve("none"))).isEmpty();
    Folders.delete(folder.resolve("none"));
  }

  @Test
  void a_missing_folder_has_the_free_space_of_its_parents_disk() {
    assertThat(Folders.usableBytes(Path.of("no/such/folder")))
        .isCloseTo(Folders.usableBytes(Path.of("")), withPercentage(5));
  }
}
