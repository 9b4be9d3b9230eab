package io.buckbench.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchLockTest {
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  @TempDir Path directory;

  @Test
  void lines_are_sorted_and_read_back() {
    Path file = directory.resolve("fetch.lock");
    FetchLock lock = FetchLock.read(file);
    assertThat(lock.sha256("z/m", "r", "f")).isEmpty();
    lock.hold("z/m", "r", "f", B);
    lock.hold("a/m", "r", "f", A);
    lock.hold("a/m", "r", "f", A);
    assertThat(file).content().endsWith(A + "  a/m r f\n" + B + "  z/m r f\n").startsWith("# ");
    assertThat(FetchLock.read(file).sha256("z/m", "r", "f")).contains(B);
    assertThatThrownBy(() -> FetchLock.read(file).hold("z/m", "r", "f", A))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("z/m r f: found sha256 " + A + ", expected sha256 " + B);
  }

  @Test
  void every_malformed_line_is_reported() throws IOException {
    Path file = directory.resolve("fetch.lock");
    Files.writeString(file, "# head\n\nxyz\n" + A + "  a r f\n" + B + "  a r f\n");
    assertThatThrownBy(() -> FetchLock.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("fetch.lock:3: found xyz")
        .hasMessageContaining("fetch.lock:5: found a file for the second time");
  }
}
