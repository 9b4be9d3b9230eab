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
  void a_folder_is_listed_and_deleted_with_all_that_is_below_it() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("a/b"));
    Path second = Files.writeString(deep.resolve("2"), "");
    Path first = Files.writeString(folder.resolve("a/1"), "");
    assertThat(Folders.files(folder.resolve("a"))).containsExactly(first, second);
    Folders.delete(folder.resolve("a"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_not_there_is_empty_and_is_deleted_already() throws IOException {
    assertThat(Folders.files(folder.resolve("none"))).isEmpty();
    Folders.delete(folder.resolve("none"));
  }

  @Test
  void a_folder_that_is_not_there_yet_lies_on_its_parents_disk() {
    assertThat(Folders.usableBytes(Path.of("no/such/folder")))
        .isCloseTo(Folders.usableBytes(Path.of("")), withPercentage(5));
  }
}
