package io.buckbench.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramTest {
  private static final List<String> NAMES =
      List.of("b/Z.class", "a.txt", "a/x/Y.class", "a-b.txt", "META-INF/services/io.x.Z");

  @TempDir Path dir;

  @Test
  void a_jar_has_the_digest_of_the_folder_it_was_made_from() throws IOException {
    Path folder = dir.resolve("classes");
    Path jar = dir.resolve("program.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String name : NAMES) {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), "content of " + name);
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Files.readAllBytes(folder.resolve(name)));
      }
      for (String added : List.of("META-INF/MANIFEST.MF", "META-INF/maven/io.x/y/pom.xml")) {
        zip.putNextEntry(new ZipEntry(added));
        zip.write(1);
      }
    }
    String before = Program.digest(folder);
    assertThat(Program.digest(jar)).isEqualTo(before);
    Files.writeString(folder.resolve("a.txt"), "changed");
    assertThat(Program.digest(folder)).isNotEqualTo(before);
  }
}
