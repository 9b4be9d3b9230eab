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
 * Starts PyTorch once, on a fixed device, and sets its seed.
 *
 * <p>System properties, read at the start: {@code buckbench.threads} (see {@link Threads}) and
 * {@code buckbench.device} ({@code cpu}, {@code gpu} or {@code auto}, the default: the GPU if there
 * is one).
 */
public final class Torch {
  private static final Engine ENGINE;
  private static final Device DEVICE;
  private static final NDManager ROOT;
  private static volatile SplittableRandom random = new SplittableRandom(0);

  static {
    // libgomp reads these variables when it is loaded, so they must be set before the engine loads.
    if (System.getenv("OMP_WAIT_POLICY") == null) {
      // Idle threads look for work for a fraction of a millisecond, since most operators follow each
      // other more quickly than the system wakes a thread, and sleep if there is none.
      Environment.setIfAbsent("GOMP_SPINCOUNT", "5000");
    }
    Environment.setIfAbsent("OMP_WAIT_POLICY", "passive");
    // cuBLAS is deterministic only with a fixed workspace, which this variable sets.
    Environment.setIfAbsent("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
    // The engine reads these two when it loads. More interop threads would not be faster.
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(Threads.standard()));
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    ENGINE = Engine.getEngine("PyTorch");
    PyTorchFlags.pin();
    DEVICE = chooseDevice(System.getProperty("buckbench.device", "auto"), ENGINE.getGpuCount());
    ROOT = NDManager.newBaseManager(DEVICE, "PyTorch");
    ROOT.setName("buckbench");
  }

  private Torch() {}

  /** Loads the native library, as every other method does, if it is not loaded. */
  public static void start() {
    // The static initialiser does the work.
  }

  static Device chooseDevice(String wanted, int gpus) {
    return switch (wanted.toLowerCase(Locale.ROOT)) {
      case "cpu" -> Device.cpu();
      case "auto" -> gpus > 0 ? Device.gpu() : Device.cpu();
      case "gpu" -> {
        // Without a GPU, DJL would silently use the CPU; a paid run must not.
        if (gpus == 0) {
          throw new InvalidInputException(
              "-Dbuckbench.device=gpu",
              "no GPU that PyTorch can use",
              "a CUDA device, its driver, and the CUDA build of PyTorch on the class path",
              "build with -Pgpu on a machine with a GPU, or use -Dbuckbench.device=cpu");
        }
        yield Device.gpu();
      }
      default ->
          throw new InvalidInputException(
              "-Dbuckbench.device", wanted, "cpu, gpu or auto", "give one of these");
    };
  }

  /** Creates an owner of arrays on the chosen device; closing it frees its arrays. */
  public static NDManager newManager() {
    return ROOT.newSubManager();
  }

  /** The number of live arrays in all managers from {@link #newManager}. */
  public static int liveArrays() {
    return ROOT.getManagedArrays().size();
  }

  /**
   * Seeds PyTorch's random stream, which dropout uses, and {@link #random}. With the same seed,
   * device and threads, two runs draw the same numbers if no other thread draws at the same time.
   */
  public static void seed(long seed) {
    // DJL passes only 32 bits to PyTorch, so this combines both halves.
    ENGINE.setRandomSeed((int) (seed ^ (seed >>> 32)));
    random = new SplittableRandom(seed);
  }

  /** The random stream for draws in Java, such as which layer to drop. */
  public static SplittableRandom random() {
    return random;
  }

  /** The compute capability of the chosen GPU; empty on a CPU. */
  public static Optional<ComputeCapability> computeCapability() {
    if (!DEVICE.isGpu()) {
      return Optional.empty();
    }
    String digits = CudaUtils.getComputeCapability(DEVICE.getDeviceId()); // 70, 120
    return ComputeCapability.parse(
        digits.substring(0, digits.length() - 1) + "." + digits.substring(digits.length() - 1));
  }

  /** The driver's name of the chosen GPU; empty on a CPU, or if the driver does not report it. */
  public static Optional<String> gpuName() {
    return DEVICE.isGpu() ? Cuda.name(DEVICE.getDeviceId()) : Optional.empty();
  }

  /** A description of the chosen device: {@code cpu}, or the GPU's name and compute capability. */
  public static String deviceName() {
    return computeCapability().map(c -> gpuName().orElse("cuda") + ", " + c.sm()).orElse("cpu");
  }

  /** PyTorch's version, for example {@code 2.5.1}. */
  public static String pytorchVersion() {
    return ENGINE.getVersion();
  }

  /** DJL's version, for example {@code 0.32.0}. */
  public static String djlVersion() {
    return Engine.getDjlVersion();
  }

  /**
   * Waits until a GPU has finished all operations, by reading one element.
   *
   * @param last the array that was written last; not empty
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
   * Writes one element to the device and reads it back.
   *
   * @throws RuntimeException with PyTorch's message if the device does not compute any more
   */
  public static void probeDevice() {
    try (NDManager manager = newManager()) {
      Tensors.scalar(Tensors.scalar(manager, 1));
    }
  }

  /**
   * Frees GPU memory that PyTorch caches for later arrays; does nothing on a CPU. The blocks cached
   * by one trial may not fit the sizes of the next.
   */
  public static void emptyCache() {
    JniUtils.emptyCudaCache();
  }
}
