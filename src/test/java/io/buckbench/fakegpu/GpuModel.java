package io.buckbench.fakegpu;

/** GPUs that a JVM can report. */
public enum GpuModel {
  V100("Tesla V100-SXM2-16GB", "7.0", 16384),
  H100("NVIDIA H100 80GB HBM3", "9.0", 81559),
  K80("Tesla K80", "3.7", 11441);

  final String words;
  final String capability;
  private final int mebibytes;

  GpuModel(String words, String capability, int mebibytes) {
    this.words = words;
    this.capability = capability;
    this.mebibytes = mebibytes;
  }

  /** The line of nvidia-smi for such a GPU. */
  String line(String busId) {
    return "%s, %s, 550.54.15, %d MiB, %d MiB, %s"
        .formatted(busId, words, mebibytes, mebibytes - 240, capability);
  }
}
