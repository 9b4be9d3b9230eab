package io.buckbench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.buckbench.files.Digests;
import io.buckbench.files.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader with the cases that were found once, and with new mutants. For more of them:
 *
 * <pre>./mvnw test -Dtest=FuzzTest -Dfuzz.mutants=10000 -Dfuzz.seed=7 -Dfuzz.format=config-json
 * </pre>
 *
 * A case that is found is written to {@code target/fuzz/<format>}; it belongs into {@code
 * src/test/resources/fuzz/<format>} once the reader has been mended.
 */
class FuzzTest {
  private static final Path FOUND = Path.of("target/fuzz");
  private static final Path KEPT = Path.of("src/test/resources/fuzz");

  @TempDir Path dir;

  @Test
  void the_seeds_are_read() throws Exception {
    try (Formats formats = new Formats(dir)) {
      for (Format format : formats.all()) {
        for (byte[] seed : format.seeds()) {
          format.reader().read(Files.createDirectories(dir.resolve("seed")), seed);
          Folders.delete(dir.resolve("seed"));
        }
      }
    }
  }

  @Test
  void cases_that_were_found_are_read_or_refused_by_name() throws Exception {
    List<String> faults = new ArrayList<>();
    int cases = 0;
    try (Formats formats = new Formats(dir);
        Fuzz fuzz = new Fuzz(dir)) {
      for (Format format : formats.all()) {
        for (Path file : Folders.files(KEPT.resolve(format.name()))) {
          cases++;
          fuzz.fault(format, Files.readAllBytes(file))
              .ifPresent(fault -> faults.add(file + ": " + fault));
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(cases).isEqualTo(Folders.files(KEPT).size());
  }

  @Test
  void mutants_are_read_or_refused_by_name() throws Exception {
    int mutants = Integer.getInteger("fuzz.mutants", 20);
    long seed = Long.getLong("fuzz.seed", 1);
    String only = System.getProperty("fuzz.format", "");
    List<String> faults = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (Formats formats = new Formats(dir)) {
      List<Future<List<String>>> all = new ArrayList<>();
      for (Format format : formats.all()) {
        if (only.isEmpty() || only.equals(format.name())) {
          all.add(pool.submit(() -> faults(format, mutants, seed)));
        }
      }
      for (Future<List<String>> each : all) {
        faults.addAll(each.get());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(faults).isEmpty();
  }

  private List<String> faults(Format format, int mutants, long seed)
      throws IOException, InterruptedException {
    List<String> faults = new ArrayList<>();
    long start = System.nanoTime();
    Mutator mutator = new Mutator(seed ^ format.name().hashCode());
    try (Fuzz fuzz = new Fuzz(dir.resolve(format.name()))) {
      for (int i = 0; i < mutants; i++) {
        byte[] mutant = mutator.mutant(format);
        Optional<String> fault = fuzz.fault(format, mutant);
        if (fault.isPresent()) {
          faults.add(kept(format, mutant) + ": " + fault.get());
        }
      }
    }
    System.out.printf(
        "%s: %d mutants in %.1f s%n", format.name(), mutants, (System.nanoTime() - start) / 1e9);
    return faults;
  }

  private static Path kept(Format format, byte[] mutant) throws IOException {
    Path folder = Files.createDirectories(FOUND.resolve(format.name()));
    return Files.write(folder.resolve(Digests.of(mutant).substring(0, 12)), mutant);
  }
}
