package io.buckbench.preflight;

import io.buckbench.files.Folders;
import io.buckbench.tensor.Cuda;
import io.buckbench.tensor.Natives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads the properties of this machine. */
final class MachineProbe {
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final long SMI_SECONDS = 20;

  private MachineProbe() {}

  /**
   * @param device the value of {@code -Dbuckbench.device}: cpu, gpu or auto
   */
  static Machine here(String device) {
    String wanted = device.toLowerCase(Locale.ROOT);
    return new Machine(
        wanted.equals("gpu") || wanted.equals("auto") && Cuda.devices() > 0,
        Natives.flavor(),
        Cuda.hasDriver(),
        Cuda.runtimeVersion(),
        Cuda.busId(0).flatMap(PciBusId::parse),
        output(NvidiaSmi.GPUS),
        output(NvidiaSmi.PROCESSES),
        System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores",
        availableBytes(),
        Natives.toBeUnpackedInto(),
        Folders::usableBytes);
  }

  /**
   * Returns the output of a command, including errors, since they explain what is wrong. Empty if
   * there is no such program.
   */
  static Optional<String> output(List<String> command) {
    try {
      Path file = Files.createTempFile("preflight", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file.toFile())
                .start();
        if (!process.waitFor(SMI_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return Optional.of(command.get(0) + " did not end in " + SMI_SECONDS + " seconds");
        }
        return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      return Optional.empty(); // No such program.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static long availableBytes() {
    try {
      if (Files.isReadable(MEMORY)) {
        return availableBytes(Files.readAllLines(MEMORY));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(MEMORY.toString(), e);
    }
    return Runtime.getRuntime().maxMemory();
  }

  /** Linux's {@code MemAvailable}: the memory available without swapping. */
  static long availableBytes(List<String> meminfo) {
    return meminfo.stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
