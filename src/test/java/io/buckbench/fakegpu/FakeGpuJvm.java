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

/** Starts JVMs with the {@link FakeGpuAgent} and an {@code nvidia-smi} on their path. */
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
    with("fakegpu.model", gpu);
  }

  /** Sets a system property of the JVM; the agent's properties begin with {@code fakegpu}. */
  public FakeGpuJvm with(String property, Object value) {
    properties.add("-D" + property + "=" + value);
    return this;
  }

  /**
   * The result of a JVM.
   *
   * @param exit exit status
   * @param out standard output, with the counts of {@link NativeCalls} as the last line
   * @param err standard error
   */
  public record Output(int exit, String out, String err) {
    /** The output of {@link NativeCalls#print}. */
    public JsonNode counts() throws IOException {
      return new ObjectMapper().readTree(out.substring(out.lastIndexOf("\n{") + 1));
    }
  }

  /** Runs a main class, for at most a minute. */
  public Output run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-javaagent:" + agent(),
                // There is no such proxy, so every download fails.
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
