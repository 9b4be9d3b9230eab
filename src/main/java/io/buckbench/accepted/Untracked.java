package io.buckbench.accepted;

import io.buckbench.files.Folders;
import io.buckbench.input.Problems;
import io.buckbench.suite.ModelEntry;
import io.buckbench.suite.Models;
import io.buckbench.suite.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Links the data and the models of a project into a work tree of one of its commits, where git did
 * not put them because it does not track them. A file that the commit has stays that of the commit.
 */
final class Untracked {
  private Untracked() {}

  /** Links what the work tree lacks. */
  static void link(Project project, Path tree) throws IOException {
    Path root = project.root().toAbsolutePath().normalize();
    Project declared = Project.at(root);
    link(project.datasets(), tree.resolve(root.relativize(declared.datasets())));
    Models models = Models.read(declared.declaration("models.csv"), root, new Problems());
    for (String id : models.ids()) {
      ModelEntry model = models.find(id).orElseThrow();
      Path place = model.directory().normalize();
      // A model outside of the project is at the same place for every commit.
      if (place.startsWith(root)) {
        link(project.directory(model), tree.resolve(root.relativize(place)));
      }
    }
  }

  private static void link(Path from, Path to) throws IOException {
    for (Path file : Folders.files(from)) {
      Path place = to.resolve(from.relativize(file));
      if (!Files.exists(place)) {
        Files.createDirectories(place.getParent());
        Files.deleteIfExists(place);
        Files.createSymbolicLink(place, file.toRealPath());
      }
    }
  }
}
