package io.buckbench.tensor;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.buckbench.input.InvalidInputException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * PyTorch's global flags that affect the bits of results. DJL has no methods for them; they are
 * functions of {@code at::Context}, called by their mangled C++ names on Linux and macOS. On other
 * systems they are unknown and keep PyTorch's defaults.
 */
public final class PyTorchFlags {
  /** Only deterministic algorithms; an operation without one throws. */
  public static final String DETERMINISTIC = "deterministic";

  private static final String ALGORITHMS = "DeterministicAlgorithms";

  /** The flags that let matrix products use less precision than their operands have. */
  private static final Map<String, String> LESS_PRECISE = new LinkedHashMap<>();

  static {
    // Rounds float32 operands to 10 bits, from compute capability 8.0 on.
    LESS_PRECISE.put("tf32", "AllowTF32CuBLAS");
    LESS_PRECISE.put("tf32_cudnn", "AllowTF32CuDNN");
    // Partial sums in the precision of the operands instead of float32.
    LESS_PRECISE.put("float16_sums", "AllowFP16ReductionCuBLAS");
    LESS_PRECISE.put("bfloat16_sums", "AllowBF16ReductionCuBLAS");
  }

  private PyTorchFlags() {}

  /** Turns the less precise modes off. Called when PyTorch starts. */
  static void pin() {
    context().ifPresent(c -> LESS_PRECISE.values().forEach(f -> c.set(f, false)));
  }

  /** Every flag by name; empty if they are unknown. */
  public static Map<String, Boolean> values() {
    Torch.start();
    Map<String, Boolean> values = new LinkedHashMap<>();
    context()
        .ifPresent(
            c -> {
              values.put(DETERMINISTIC, c.get(ALGORITHMS));
              LESS_PRECISE.forEach((name, function) -> values.put(name, c.get(function)));
            });
    return values;
  }

  /**
   * @throws InvalidInputException to turn deterministic algorithms on where the flag cannot be set
   */
  static void setDeterministic(boolean on) {
    Torch.start();
    Optional<Context> context = context();
    if (context.isEmpty() && on) {
      throw new InvalidInputException(
          "column deterministic",
          "true on a system where PyTorch's flag cannot be set",
          "Linux or macOS",
          "clear the column");
    }
    context.ifPresent(c -> c.set(ALGORITHMS, on));
  }

  private static Optional<Context> context() {
    try {
      Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Object[] none = {};
      return Optional.of(
          new Context(torch, torch.getFunction("_ZN2at13globalContextEv").invokePointer(none)));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }

  /** The {@code at::Context} of the process. */
  private record Context(NativeLibrary torch, Pointer self) {
    boolean get(String flag) {
      String name = flag.substring(0, 1).toLowerCase(Locale.ROOT) + flag.substring(1);
      int returned = call("_ZNK2at7Context" + name.length() + name + "Ev", self);
      // A C++ bool is the lowest byte; the other bits are undefined.
      return (returned & 0xFF) != 0;
    }

    void set(String flag, boolean on) {
      String name = "set" + flag;
      // The setter of determinism has a second parameter: whether to warn instead of throwing.
      String parameters = flag.equals(ALGORITHMS) ? "bb" : "b";
      int onlyWarn = 0;
      call("_ZN2at7Context" + name.length() + name + "E" + parameters, self, on ? 1 : 0, onlyWarn);
    }

    private int call(String function, Object... arguments) {
      return torch.getFunction(function).invokeInt(arguments);
    }
  }
}
