package io.buckbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestsTest {
  /** NIST's example of FIPS 180-4. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void a_text_a_file_and_the_same_bytes_in_two_files_have_one_digest(@TempDir Path folder)
      throws IOException {
    Path a = Files.writeString(folder.resolve("a"), "a");
    Path bc = Files.writeString(folder.resolve("bc"), "bc");
    Path abc = Files.writeString(folder.resolve("abc"), "abc");
    assertThat(Digests.ofText("abc")).isEqualTo(ABC);
    assertThat(Digests.ofFile(abc)).isEqualTo(ABC);
    assertThat(Digests.ofFiles(List.of(a, bc))).isEqualTo(ABC);
  }

  @Test
  void a_blob_id_is_that_of_git(@TempDir Path folder) throws IOException {
    // echo hello | git hash-object --stdin
    Path hello = Files.writeString(folder.resolve("hello"), "hello\n");
    assertThat(Digests.gitBlob(hello)).isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  @Test
  void a_missing_file_is_named(@TempDir Path folder) {
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> Digests.ofFile(none))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(none + ": found no such file");
  }
}
