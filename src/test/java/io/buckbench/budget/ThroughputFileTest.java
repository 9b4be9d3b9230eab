package io.buckbench.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.buckbench.input.InvalidInputException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThroughputFileTest {
  private static final String BEFORE =
      "# never edited\n"
          + String.join(",", Throughputs.COLUMNS)
          + "\nold,2026-01-01,V100,opt-125m,lora,8 x 128,1.40,0,0,\"said, once\",,,,,";

  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void file() throws IOException {
    file = Files.writeString(dir.resolve("throughput.csv"), BEFORE);
  }

  private static Throughput row(String id, String supersedes) {
    return new Throughput(
        id,
        LocalDate.of(2026, 11, 24),
        "V100",
        "opt-125m",
        "lora r8_qv",
        "8 x 512",
        new BigDecimal("1.2E-7"),
        new BigDecimal("3.5"),
        new BigDecimal("0.02"),
        "calibrate: median, and \"more\"",
        supersedes,
        Optional.of(new SpeedOrigin("2026-11-24T10:00:00Z", "a V100, sm_70", 8, 2)));
  }

  @Test
  void appended_rows_follow_the_existing_ones_and_can_be_read_back() throws IOException {
    Throughput added = row("new", "old");
    ThroughputFile.append(file, List.of(added, row("newer", "new")));
    assertThat(Files.readString(file)).startsWith(BEFORE + "\nnew,2026-11-24,V100,").endsWith("\n");
    Throughput read = Throughputs.read(file).find("new").orElseThrow();
    assertThat(read.secondsPerStep()).isEqualByComparingTo(added.secondsPerStep());
    assertThat(read.source()).isEqualTo(added.source());
    assertThat(read.supersedes()).isEqualTo("old");
    assertThat(read.origin()).isEqualTo(added.origin());
    assertThat(Throughputs.read(file).find("old").orElseThrow().origin()).isEmpty();
    assertThat(dir)
        .isDirectoryContaining("glob:**throughput.csv")
        .isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void an_id_that_exists_is_refused_and_the_file_is_unchanged() throws IOException {
    assertThatThrownBy(() -> ThroughputFile.append(file, List.of(row("new", ""), row("old", ""))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ": found a row 'old' already, expected an id that was never used, because rows"
                + " are never edited; give another --id-prefix");
    assertThat(Files.readString(file)).isEqualTo(BEFORE);
  }

  @Test
  void a_row_that_supersedes_an_unknown_row_is_refused_and_the_file_is_unchanged()
      throws IOException {
    assertThatThrownBy(() -> ThroughputFile.append(file, List.of(row("new", "olde"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean old?");
    assertThat(Files.readString(file)).isEqualTo(BEFORE);
    assertThat(dir).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_new_file_is_written_and_an_existing_one_is_refused() {
    Path out = dir.resolve("out.csv");
    ThroughputFile.create(out, List.of(row("new", "")));
    assertThat(Throughputs.read(out).ids()).containsExactly("new");
    assertThatThrownBy(() -> ThroughputFile.create(out, List.of()))
        .hasMessageContaining("found a file already");
    assertThatThrownBy(() -> ThroughputFile.create(dir.resolve("none/out.csv"), List.of()))
        .hasMessageContaining("no directory");
  }
}
