package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.buckbench.files.Folders;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Starts JVMs with the {@link FakeGpuAgent} and an {@code nvidia-smi} on their path, also those
 * that they start themselves.
 */
public final class FakeGpuJvm {
  private final Path folder;
  private final GpuModel gpu;
  private final List<String> properties = new ArrayList<>();

  /**
   * @param folder directory for the agent's jar, the program nvidia-smi and the output
   * @param gpu the GPU that the JVM reports
   */
  public FakeGpuJvm(Path folder, GpuModel gpu) {
    this.folder = folder;
    this.gpu = gpu;
    with("fakegpu.model", gpu).with("fakegpu.counts", folder.resolve("counts"));
  }

  /** Sets a system property of the JVM; the agent's properties begin with {@code fakegpu}. */
  public FakeGpuJvm with(String property, Object value) {
    properties.add("-D" + property + "=" + value);
    return this;
  }

  /**
   * The result of a JVM and of those that it started.
   *
   * @param exit exit status
   * @param out standard output
   * @param err standard error
   * @param counts the sums of the counts of {@link NativeCalls#write}
   */
  public record Output(int exit, String out, String err, JsonNode counts) {}

  /** Runs a main class, for at most two minutes. */
  public Output run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("DJL_OFFLINE", "RUST_FLAVOR"));
    builder.environment().merge("PATH", nvidiaSmi().getParent() + ":", (path, ours) -> ours + path);
    builder.environment().put("JAVA_TOOL_OPTIONS", options());
    Path counts = Files.createDirectories(folder.resolve("counts"));
    for (Path old : Folders.files(counts)) {
      Files.delete(old);
    }
    Process jvm = builder.start();
    try {
      assertThat(jvm.waitFor(120, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      jvm.descendants().forEach(ProcessHandle::destroyForcibly);
      jvm.destroyForcibly();
    }
    return new Output(jvm.exitValue(), Files.readString(out), Files.readString(err), sum(counts));
  }

  /** The variable with these options is inherited by the JVMs that a JVM starts. */
  private String options() throws IOException {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-javaagent:" + agent(),
                // There is no such proxy, so every download fails.
                "-Dhttps.proxyHost=localhost",
                "-Dhttps.proxyPort=1"));
    options.addAll(properties);
    return String.join(" ", options);
  }

  private static JsonNode sum(Path counts) throws IOException {
    ObjectNode sum = new ObjectMapper().createObjectNode();
    for (Path file : Folders.files(counts)) {
      add(sum, new ObjectMapper().readTree(file.toFile()));
    }
    return sum;
  }

  private static void add(ObjectNode sum, JsonNode more) {
    more.properties()
        .forEach(
            field -> {
              if (field.getValue().isObject()) {
                add(sum.withObject("/" + field.getKey()), field.getValue());
              } else {
                sum.put(
                    field.getKey(), sum.path(field.getKey()).asLong() + field.getValue().asLong());
              }
            });
  }

  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", FakeGpuAgent.class.getName());
    attributes.putValue("Can-Set-Native-Method-Prefix", "true");
    // The classes are on the class path, so the jar needs only a manifest.
    Path jar = folder.resolve("agent.jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }

  private Path nvidiaSmi() throws IOException {
    // It lists another GPU before CUDA's first device.
    String other = "00000000:04:00.0";
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("nvidia-smi");
    Files.writeString(
        program,
        """
        #!/bin/sh
        case "$1" in
          --query-gpu=*)
            echo "%s"
            echo "%s"
            ;;
          --query-compute-apps=*)
            echo "%s, 4711, python3, 3012 MiB"
        esac
        """
            .formatted(GpuModel.K80.line(other), gpu.line("00000000:3B:00.0"), other));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }
}
