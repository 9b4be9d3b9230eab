package io.buckbench.preflight;

import io.buckbench.tensor.ComputeCapability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
          "--query-gpu=pci.bus_id,name,driver_version,memory.total,memory.free,compute_cap",
          "--format=csv,noheader");

  /** The command that lists the processes on them. */
  static final List<String> PROCESSES =
      List.of(
          "nvidia-smi",
          "--query-compute-apps=gpu_bus_id,pid,process_name,used_memory",
          "--format=csv,noheader");

  private static final Pattern MEMORY = Pattern.compile("(\\d{1,9}) ?(MiB|GiB|KiB)?");
  private static final Pattern DRIVER = Pattern.compile("\\d+(\\.\\d+)+");

  /** Parses the output of {@link #GPUS}. */
  static NvidiaSmi parse(String text) {
    List<Gpu> gpus = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (String line : lines(text)) {
      String[] fields = line.split(",", -1);
      Optional<PciBusId> busId = PciBusId.parse(fields[0]);
      if (busId.isPresent() && fields.length == 6 && DRIVER.matcher(fields[2].strip()).matches()) {
        gpus.add(
            new Gpu(
                busId.get(),
                fields[1].strip(),
                fields[2].strip(),
                bytes(fields[3]),
                bytes(fields[4]),
                ComputeCapability.parse(fields[5])));
      } else {
        unreadable.add(line);
      }
    }
    return new NvidiaSmi(gpus, unreadable);
  }

  /** The lines in the output of {@link #PROCESSES} for one GPU, without its bus id. */
  static List<String> processes(String text, PciBusId on) {
    return lines(text).stream()
        .map(line -> line.split(",", 2))
        .filter(line -> line.length == 2 && PciBusId.parse(line[0]).filter(on::equals).isPresent())
        .map(line -> line[1].strip())
        .toList();
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
