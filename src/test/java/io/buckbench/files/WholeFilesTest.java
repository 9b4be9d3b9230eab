package io.buckbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {
  @TempDir Path folder;

  @Test
  void a_file_is_replaced_and_no_draft_remains() throws IOException {
    Path file = folder.resolve("a/b/text.txt");
    WholeFiles.write(file, "one");
    WholeFiles.write(file, "zwölf\n");
    assertThat(file).hasContent("zwölf\n");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void a_written_file_has_the_usual_permissions() throws IOException {
    Path plain = Files.writeString(folder.resolve("plain"), "");
    Path whole = folder.resolve("whole");
    WholeFiles.write(whole, "");
    assertThat(Files.getPosixFilePermissions(whole))
        .isEqualTo(Files.getPosixFilePermissions(plain));
  }

  @Test
  void a_failed_write_keeps_the_old_file_and_leaves_no_draft() throws IOException {
    Path directory = Files.createDirectories(folder.resolve("taken/below")).getParent();
    assertThatThrownBy(() -> WholeFiles.write(directory, "text"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot write " + directory);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(directory);
    }
  }
}
