package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The output of {@code nvidia-smi}.
 *
 * @param gpus the GPUs, in the driver's order
 * @param unreadable lines that do not describe a GPU, such as an error message
 */
record NvidiaSmi(List<Gpu> gpus, List<String> unreadable) {
  /** The command that lists the GPUs. */
  static final List<String> GPUS =
      List.of(
          "nvidia-smi",
          "--query-gpu=name,driver_version,memory.total,memory.free,compute_cap",
          "--format=csv,noheader");

  /** The command that lists the processes on them. */
  static final List<String> PROCESSES =
      List.of(
          "nvidia-smi",
          "--query-compute-apps=pid,process_name,used_memory",
          "--format=csv,noheader");

  private static final Pattern MEMORY = Pattern.compile("(\\d{1,9}) ?(MiB|GiB|KiB)?");
  private static final Pattern DRIVER = Pattern.compile("\\d+(\\.\\d+)+");

  /** Parses the output of {@link #GPUS}. */
  static NvidiaSmi parse(String text) {
    List<Gpu> gpus = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (String line : lines(text)) {
      String[] fields = line.split(",", -1);
      if (fields.length == 5 && DRIVER.matcher(fields[1].strip()).matches()) {
        gpus.add(
            new Gpu(
                fields[0].strip(),
                fields[1].strip(),
                bytes(fields[2]),
                bytes(fields[3]),
                ComputeCapability.parse(fields[4])));
      } else {
        unreadable.add(line);
      }
    }
    return new NvidiaSmi(gpus, unreadable);
  }

  /** The lines in the output of {@link #PROCESSES} that describe a process. */
  static List<String> processes(String text) {
    return lines(text).stream().filter(line -> line.matches("\\d+ *,.*")).toList();
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private static OptionalLong bytes(String field) {
    Matcher matcher = MEMORY.matcher(field.strip());
    if (!matcher.matches()) {
      return OptionalLong.empty(); // [N/A], [Not Supported], [Insufficient Permissions]
    }
    int shift =
        switch (matcher.group(2) == null ? "MiB" : matcher.group(2)) {
          case "KiB" -> 10;
          case "GiB" -> 30;
          default -> 20;
        };
    return OptionalLong.of(Long.parseLong(matcher.group(1)) << shift);
  }
}
