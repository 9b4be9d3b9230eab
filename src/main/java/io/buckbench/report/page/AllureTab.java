package io.buckbench.report.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.buckbench.files.WholeFiles;
import io.buckbench.report.SuiteReport;
import io.buckbench.report.markup.Asset;
import java.nio.file.Path;

/**
 * The page as the first tab of the Allure report: a plug-in of Allure 2 that consists of static
 * files. Allure's {@code generate} copies them into the report, also into one that is a single
 * file.
 */
public final class AllureTab {
  private static final String FRAGMENT = "/*FRAGMENT*/";

  private AllureTab() {}

  /**
   * Writes the plug-in.
   *
   * @param folder of the plug-in
   * @param base what links to files of the report begin with, seen from the Allure report
   */
  public static void write(SuiteReport report, Path folder, String base) {
    WholeFiles.write(
        folder.resolve("allure-plugin.yml"), Asset.read(AllureTab.class, "allure-plugin.yml"));
    WholeFiles.write(
        folder.resolve("static").resolve("index.js"),
        Asset.read(AllureTab.class, "allure-tab.js")
            .replace(FRAGMENT, quoted(ReportPage.fragment(report, base).toString())));
  }

  /** A text as a JavaScript literal that cannot close the script it is written into. */
  private static String quoted(String text) {
    try {
      return JsonMapper.builder()
          .build()
          .writeValueAsString(text)
          .replace("<", "\\u003c")
          .replace("\u2028", "\\u2028")
          .replace("\u2029", "\\u2029");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is plain data", e);
    }
  }
}
