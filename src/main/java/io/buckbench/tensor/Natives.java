package io.buckbench.tensor;

import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Describes the build of PyTorch's native libraries on the class path, without loading it. */
public final class Natives {
  private static final String DESCRIPTION = "native/lib/pytorch.properties";

  private Natives() {}

  /** {@code cpu}, {@code cu124}, or the empty string if there is none. */
  public static String flavor() {
    return description().getProperty("flavor", "");
  }

  /** The directory that DJL will unpack the libraries into; empty if they are unpacked. */
  public static Optional<Path> toBeUnpackedInto() {
    Properties description = description();
    if (description.isEmpty()) {
      return Optional.empty();
    }
    String folder =
        String.join(
            "-",
            description.getProperty("version"),
            description.getProperty("flavor"),
            description.getProperty("classifier"));
    Path cache = Utils.getEngineCacheDir("pytorch");
    return Files.isDirectory(cache.resolve(folder)) ? Optional.empty() : Optional.of(cache);
  }

  /**
   * The compute capabilities whose machine code a build contains. For PyTorch 2.5.1 with CUDA 12.4
   * they are those of {@code torch.cuda.get_arch_list()} in the published build: {@code
   * TORCH_CUDA_ARCH_LIST} in pytorch/builder's manywheel/build_cuda.sh. CUDA 12.8 builds lack 7.0.
   */
  public static List<ComputeCapability> capabilities(String flavor) {
    return flavor.equals("cu124")
        ? List.of(
            new ComputeCapability(5, 0),
            new ComputeCapability(6, 0),
            ComputeCapability.VOLTA,
            new ComputeCapability(7, 5),
            new ComputeCapability(8, 0),
            new ComputeCapability(8, 6),
            new ComputeCapability(9, 0))
        : List.of();
  }

  private static Properties description() {
    Properties properties = new Properties();
    try (InputStream in = Natives.class.getClassLoader().getResourceAsStream(DESCRIPTION)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(DESCRIPTION, e);
    }
    return properties;
  }
}
