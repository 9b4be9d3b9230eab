package io.buckbench.rehearsal;

import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.suite.Configuration;
import io.buckbench.suite.Method;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Checks whether a rehearsal can be written and run, before anything is written.
 *
 * @param project the project of the rehearsal
 * @param suite the selected configurations
 * @param freeBytes free space of the disk that a directory is, or will be, on
 */
record RehearsalCheck(RehearsalProject project, Suite suite, ToLongFunction<Path> freeBytes) {
  private static final String ANOTHER_OUT = "name another --out";

  /**
   * @throws InvalidInputException with all problems
   */
  void check() {
    Problems problems = new Problems();
    RehearsalOptions options = project.options();
    options.check(problems);
    checkOut(options.out(), problems);
    suite.configurations().stream()
        .map(Configuration::data)
        .distinct()
        .forEach(data -> note(() -> project.declared().dataSets().read(data), problems));
    note(project::readHypotheses, problems);
    List<RandomModel> models = project.models(suite);
    models.forEach(model -> model.check(problems));
    problems.throwIfAny();
    checkRoom(options, models, problems);
    problems.throwIfAny();
  }

  /** Declarations and models of other projects must not be overwritten. */
  private void checkOut(Path out, Problems problems) {
    if (Rehearsal.isRehearsal(suite.name())) {
      problems.add(suite.name(), "a rehearsal", "a suite", "name the suite that it rehearses");
    } else if (Files.exists(out) && !Files.isDirectory(out)) {
      problems.add(out.toString(), "a file", "a directory, or none", ANOTHER_OUT);
    } else if (!Files.exists(project.suiteFile(suite)) && !isEmpty(out)) {
      problems.add(
          out.toString(),
          "a directory that is not from this rehearsal, perhaps with a real model or project",
          "a new or empty directory, or one of an earlier rehearsal of " + suite.name(),
          ANOTHER_OUT);
    }
  }

  private static boolean isEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(folder.toString(), e);
    }
  }

  private static void note(Runnable reading, Problems problems) {
    try {
      reading.run();
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
  }

  private void checkRoom(RehearsalOptions options, List<RandomModel> models, Problems problems) {
    long needed =
        models.stream().filter(model -> !model.exists()).mapToLong(RandomModel::bytes).sum();
    for (Configuration row : suite.withMilestones()) {
      Trial trial = new Trial(Rehearsal.name(suite.name()), row, options.seed());
      if (row.method().trains() && !Files.exists(project.store().directory(trial.id()))) {
        Architecture model = project.random(row.model().orElseThrow()).architecture();
        needed += adapterBytes(row.method(), model);
      }
    }
    long free = freeBytes.applyAsLong(options.out());
    if (free < needed) {
      problems.add(
          options.out().toString(),
          megabytes(free) + " free on its disk",
          megabytes(needed) + " for models and adapters",
          "free disk space, or " + ANOTHER_OUT);
    }
  }

  private static long adapterBytes(Method method, Architecture model) {
    return method.config().orElseThrow().savedShapes(model).values().stream()
        .mapToLong(axes -> Float.BYTES * Arrays.stream(axes).reduce(1, Math::multiplyExact))
        .sum();
  }

  private static String megabytes(long bytes) {
    return (bytes + 999_999) / 1_000_000 + " MB";
  }
}
