package io.buckbench.junit;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the report on a suite is, and how the pages of the Allure report link to it.
 *
 * @param folder of the report
 * @param base what links to its files begin with, seen from the Allure report
 * @param tab the folder of the Allure plug-in that shows the report first; empty for none
 */
public record ReportPlace(Path folder, String base, Optional<Path> tab) {

  /** The place of a build's report; the build names the folders of Allure. */
  public static ReportPlace ofBuild(Path folder) {
    return new ReportPlace(
        folder,
        base(folder, Path.of(System.getProperty("allure.report", "target/allure-report"))),
        Optional.ofNullable(System.getProperty("allure.plugins"))
            .map(plugins -> Path.of(plugins, "buckbench")));
  }

  /** A suite of another project has its report there, and the Allure report is here. */
  static String base(Path folder, Path allure) {
    Path to = folder.toAbsolutePath().normalize();
    Path from = allure.toAbsolutePath().normalize();
    if (!to.getRoot().equals(from.getRoot())) {
      return to.toUri() + "/";
    }
    try {
      String path = from.relativize(to).toString().replace('\\', '/') + "/";
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a relative path is a URI", e);
    }
  }
}
