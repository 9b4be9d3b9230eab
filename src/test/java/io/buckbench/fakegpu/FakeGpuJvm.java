package io.buckbench.fakegpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** Starts JVMs with the {@link FakeGpuAgent}, with an {@code nvidia-smi} on their path. */
public final class FakeGpuJvm {
  private final Path folder;
  private final GpuModel gpu;
  private final List<String> properties = new ArrayList<>();

  /**
   * @param folder for the agent's jar, the program nvidia-smi and the output
   * @param gpu what the JVM believes in
   */
  public FakeGpuJvm(Path folder, GpuModel gpu) {
    this.folder = folder;
    this.gpu = gpu;
    with("fakegpu.model", gpu);
  }

  /** Sets a system property of the JVM; those of the agent begin with {@code fakegpu}. */
  public FakeGpuJvm with(String property, Object value) {
    properties.add("-D" + property + "=" + value);
    return this;
  }

  /**
   * How a JVM ended.
   *
   * @param exit its status
   * @param out what it printed, the counts of {@link NativeCalls} last
   * @param err its errors
   */
  public record Output(int exit, String out, String err) {
    /** What {@link NativeCalls#print} printed. */
    public JsonNode counts() throws IOException {
      return new ObjectMapper().readTree(out.substring(out.lastIndexOf("\n{") + 1));
    }
  }

  /** Runs a main class to its end, at most a minute. */
  public Output run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-javaagent:" + agent(),
                // No proxy listens there, so that whatever is downloaded fails.
                "-Dhttps.proxyHost=localhost",
                "-Dhttps.proxyPort=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))));
    command.addAll(properties);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("DJL_OFFLINE", "RUST_FLAVOR"));
    builder.environment().merge("PATH", nvidiaSmi().getParent() + ":", (path, ours) -> ours + path);
    Process jvm = builder.start();
    try {
      assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).as("it ended").isTrue();
    } finally {
      jvm.destroyForcibly();
    }
    return new Output(jvm.exitValue(), Files.readString(out), Files.readString(err));
  }

  private Path agent() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Premain-Class", FakeGpuAgent.class.getName());
    attributes.putValue("Can-Set-Native-Method-Prefix", "true");
    // The classes themselves are on the class path already.
    Path jar = folder.resolve("agent.jar");
    try (OutputStream file = Files.newOutputStream(jar)) {
      new JarOutputStream(file, manifest).close();
    }
    return jar;
  }

  private Path nvidiaSmi() throws IOException {
    // What it lists first is not what CUDA counts first.
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
