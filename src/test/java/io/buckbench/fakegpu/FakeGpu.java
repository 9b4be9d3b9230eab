package io.buckbench.fakegpu;

import java.util.Optional;
import java.util.OptionalInt;

/** What a JVM with the agent is made to believe; each public method below answers for its name. */
public final class FakeGpu {
  /** Whether it believes in a GPU at all; if not, native calls are only counted. */
  static final boolean BELIEVED = Boolean.parseBoolean(System.getProperty("fakegpu", "true"));

  /** Which one it believes in. */
  static final GpuModel MODEL = GpuModel.valueOf(System.getProperty("fakegpu.model", "V100"));

  private FakeGpu() {}

  /** For {@code ai.djl.util.cuda.CudaUtils}. */
  public static final class DjlCuda {
    private DjlCuda() {}

    public static int getGpuCount() {
      return 1;
    }

    public static int getCudaVersion() {
      return 12040;
    }

    public static String getComputeCapability(int device) {
      return MODEL.capability.replace(".", "");
    }
  }

  /** For {@code io.buckbench.tensor.Cuda}. */
  public static final class OurCuda {
    private OurCuda() {}

    public static boolean hasDriver() {
      return true;
    }

    public static OptionalInt runtimeVersion() {
      return OptionalInt.of(12040);
    }

    public static int devices() {
      return 1;
    }

    public static Optional<String> busId(int device) {
      return Optional.of("0000:3B:00.0");
    }

    public static Optional<String> name(int device) {
      return Optional.of(MODEL.words);
    }
  }

  /** For {@code io.buckbench.tensor.Natives}. */
  public static final class OurNatives {
    private OurNatives() {}

    public static String flavor() {
      return "cu124";
    }
  }
}
