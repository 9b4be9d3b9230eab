package io.buckbench.repeat;

import io.buckbench.files.CsvText;
import io.buckbench.files.WholeFiles;
import io.buckbench.input.Problems;
import io.buckbench.record.Declaration;
import io.buckbench.suite.Benchmarks;
import io.buckbench.suite.Project;
import io.buckbench.suite.Suite;
import io.buckbench.suite.Trial;
import java.nio.file.Path;

/**
 * A suite that consists of one row, in a file of its own with the suite's name. Its records are
 * those of the suite that declared the row.
 *
 * @param project has the declarations that the row refers to
 * @param file the suite's file
 */
record RowFile(Project project, Path file) {
  /** Writes the file, with all columns of the row as they are declared. */
  static RowFile write(Project project, Path folder, String suite, Declaration row) {
    Path file = folder.resolve(suite + ".csv");
    write(file, row);
    return new RowFile(project, file);
  }

  /** Writes a suite's file with one row. */
  static void write(Path file, Declaration row) {
    CsvText text = new CsvText(row.columns().keySet()).row(row.columns().values());
    WholeFiles.write(file, text.toString());
  }

  /**
   * The row's trial with a seed.
   *
   * @throws io.buckbench.input.InvalidInputException with all problems of the row, and of the
   *     declarations that it refers to
   */
  Trial trial(long seed) {
    Problems problems = new Problems();
    Benchmarks benchmarks = project.benchmarks(problems);
    Suite suite = Suite.read(file, benchmarks, problems);
    problems.throwIfAny();
    return new Trial(suite.name(), suite.configurations().get(0), seed);
  }
}
