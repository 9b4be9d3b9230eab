package io.buckbench.fakegpu;

import java.util.Optional;
import java.util.OptionalInt;

/** The fake GPU. Each public method below replaces the method of the same name. */
public final class FakeGpu {
  /** Whether the JVM reports a GPU; if not, native calls are only counted. */
  static final boolean ENABLED = Boolean.parseBoolean(System.getProperty("fakegpu", "true"));

  /** The reported model. */
  static final GpuModel MODEL = GpuModel.valueOf(System.getProperty("fakegpu.model", "V100"));

  private FakeGpu() {}

  /** Replaces methods of {@code ai.djl.util.cuda.CudaUtils}. */
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

  /** Replaces methods of {@code io.buckbench.tensor.Cuda}. */
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

  /** Replaces methods of {@code io.buckbench.tensor.Natives}. */
  public static final class OurNatives {
    private OurNatives() {}

    public static String flavor() {
      return "cu124";
    }
  }
}
