package io.buckbench.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import io.buckbench.input.InvalidInputException;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * PyTorch, started once with what decides its numbers pinned: number of threads, device, seed.
 *
 * <p>System properties, read when it starts: {@code buckbench.threads} (default: the processors
 * there are) and {@code buckbench.device} ({@code cpu}, {@code gpu} or {@code auto}, the default:
 * the GPU where there is one).
 */
public final class Torch {
  private static final Engine ENGINE;
  private static final Device DEVICE;
  private static final int THREADS;
  private static final NDManager ROOT;
  private static volatile SplittableRandom random = new SplittableRandom(0);

  static {
    // libgomp reads its environment when it is loaded, so this must come before the engine does.
    Environment.setIfAbsent("OMP_WAIT_POLICY", "passive");
    // cuBLAS is repeatable only with a fixed workspace, which it too takes from the environment.
    Environment.setIfAbsent("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
    THREADS = Integer.getInteger("buckbench.threads", Runtime.getRuntime().availableProcessors());
    // The engine reads these two while it loads; more than one interop thread buys nothing here.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(THREADS));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    ENGINE = Engine.getEngine("PyTorch");
    PyTorchFlags.pin();
    DEVICE = chooseDevice(System.getProperty("buckbench.device", "auto"), ENGINE.getGpuCount());
    ROOT = NDManager.newBaseManager(DEVICE, "PyTorch");
    ROOT.setName("buckbench");
  }

  private Torch() {}

  /** Loads the native library if that has not happened; every other method does so too. */
  public static void start() {
    // Running the static initialiser is the whole work.
  }

  static Device chooseDevice(String wanted, int gpus) {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "cpu" -> Device.cpu();
      case "auto" -> gpus > 0 ? Device.gpu() : Device.cpu();
      case "gpu" -> {
        // DJL takes the CPU without a word where it finds no GPU; a paid-for run must not.
        if (gpus == 0) {
          throw new InvalidInputException(
              "-Dbuckbench.device=gpu",
              "no GPU that PyTorch can use",
              "a CUDA device, its driver, and the CUDA build of PyTorch on the class path",
              "build with -Pgpu on a machine with a GPU, or say -Dbuckbench.device=cpu");
        }
        yield Device.gpu();
      }
      default ->
          throw new InvalidInputException(
              "-Dbuckbench.device", wanted, "cpu, gpu or auto", "give one of these");
    };
  }

  /** A new owner of arrays on the chosen device; closing it frees whatever it owns. */
  public static NDManager newManager() {
    return ROOT.newSubManager();
  }

  /** Arrays that are alive in any manager from {@link #newManager}. */
  public static int liveArrays() {
    return ROOT.getManagedArrays().size();
  }

  /**
   * Sets the one random stream behind dropout, and {@link #random}. Two runs after the same seed on
   * the same device with the same threads draw the same numbers, if nothing else draws meanwhile.
   */
  public static void seed(long seed) {
    // DJL narrows the seed to 32 bits on its way to PyTorch; fold the upper half in, not away.
    ENGINE.setRandomSeed((int) (seed ^ (seed >>> 32)));
    random = new SplittableRandom(seed);
  }

  /** Draws made on the Java side of a training, such as which layer to drop. */
  public static SplittableRandom random() {
    return random;
  }

  /** What the chosen GPU can run; empty on a CPU. */
  public static Optional<ComputeCapability> computeCapability() {
    if (!DEVICE.isGpu()) {
      return Optional.empty();
    }
    String digits = CudaUtils.getComputeCapability(DEVICE.getDeviceId()); // 70, 120
    return ComputeCapability.parse(
        digits.substring(0, digits.length() - 1) + "." + digits.substring(digits.length() - 1));
  }

  /** The chosen GPU as its driver names it; empty on a CPU, and where the driver does not say. */
  public static Optional<String> gpuName() {
    return DEVICE.isGpu() ? Cuda.name(DEVICE.getDeviceId()) : Optional.empty();
  }

  /** The chosen device in words: {@code cpu}, or the GPU's name and compute capability. */
  public static String deviceName() {
    return computeCapability().map(c -> gpuName().orElse("cuda") + ", " + c.sm()).orElse("cpu");
  }

  /** Threads inside one operation. */
  public static int threads() {
    return THREADS;
  }

  /** For provenance: PyTorch's version, for example {@code 2.5.1}. */
  public static String pytorchVersion() {
    return ENGINE.getVersion();
  }

  /** For provenance: DJL's version, for example {@code 0.32.0}. */
  public static String djlVersion() {
    return Engine.getDjlVersion();
  }

  /**
   * Waits until the device has done everything that was asked of it, by reading one element; a CPU
   * has nothing to wait for.
   *
   * @param last any array that the device wrote last; not empty
   */
  public static void awaitDevice(NDArray last) {
    if (DEVICE.isGpu()) {
      try (NDArray flat = Ops.reshape(last, -1);
          NDArray first = Ops.slice(flat, 0, 0, 1)) {
        Tensors.floats(first);
      }
    }
  }

  /**
   * Puts one element on the device and reads it back.
   *
   * @throws RuntimeException as PyTorch words it, on a device that computes nothing any more
   */
  public static void probeDevice() {
    try (NDManager manager = newManager()) {
      Tensors.scalar(Tensors.scalar(manager, 1));
    }
  }

  /**
   * Frees the memory of a GPU that PyTorch keeps for later arrays; does nothing on a CPU. What is
   * kept after a trial has that trial's sizes and may not fit the next one's.
   */
  public static void emptyCache() {
    JniUtils.emptyCudaCache();
  }
}
