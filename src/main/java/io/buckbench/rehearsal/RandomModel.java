package io.buckbench.rehearsal;

import ai.djl.ndarray.NDArray;
import io.buckbench.checkpoint.DType;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.TensorInfo;
import io.buckbench.checkpoint.TorchPickle;
import io.buckbench.data.Tokenizer;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problem;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
import io.buckbench.model.Architecture.StoredNames;
import io.buckbench.model.CausalLM;
import io.buckbench.record.Checksums;
import io.buckbench.tensor.Parameter;
import io.buckbench.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A model directory as on Hugging Face's hub, with the true shape and random weights: a float16
 * {@code pytorch_model.bin} with the keys of the published file, a complete {@code config.json},
 * and the files of the tokenizer. {@code REHEARSAL.txt} marks it as a rehearsal, and {@code
 * SHA256SUMS} has the digests of its files.
 *
 * @param directory the model directory; need not exist
 * @param shape directory with {@code config.json} and other small published files of the model
 * @param tokenizer directory with the tokenizer's files
 * @param seed seed of the weights
 */
record RandomModel(Path directory, Path shape, Path tokenizer, long seed) {
  private static final String WEIGHTS = "pytorch_model.bin";
  private static final String CONFIG = "config.json";
  private static final String MARK = "REHEARSAL.txt";

  /** Space for the small files. */
  private static final long SMALL_FILES_BYTES = 8L << 20;

  /** The architecture in {@code config.json}. */
  Architecture architecture() {
    return Architecture.read(shape);
  }

  /** Whether the directory exists. */
  boolean exists() {
    return Files.exists(directory);
  }

  /** Bytes on disk: two for each weight, and the small files. */
  long bytes() {
    return SMALL_FILES_BYTES + 2 * architecture().parameters();
  }

  /**
   * Reports a missing shape, a missing or unsuitable tokenizer, and an existing directory that is
   * not from a rehearsal with these settings. Nothing is written.
   */
  void check(Problems problems) {
    if (!Files.isRegularFile(shape.resolve(CONFIG))) {
      problems.add(
          shape.toString(),
          "no " + CONFIG,
          "the shape of the model to rehearse",
          "put the model's published config.json there");
      return;
    }
    try {
      checkTokenizer();
      if (exists()) {
        verify();
      }
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
  }

  /** Opens the tokenizer's files together with those of the shape, as they will be written. */
  private void checkTokenizer() {
    if (!Tokenizer.isIn(tokenizer)) {
      architecture().openTokenizer(tokenizer).close(); // which says what is missing
    }
    try {
      Path together = Files.createTempDirectory("buckbench-tokenizer");
      try {
        for (Map.Entry<String, byte[]> file : small().entrySet()) {
          Files.write(together.resolve(file.getKey()), file.getValue());
        }
        architecture().openTokenizer(together).close();
      } catch (InvalidInputException e) {
        Problems problems = new Problems();
        for (Problem p : e.problems()) {
          String where = p.where().replace(together.toString(), tokenizer.toString());
          problems.add(where, p.found(), p.expected(), p.todo());
        }
        problems.throwIfAny();
      } finally {
        Folders.delete(together);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the tokenizer's files", e);
    }
  }

  private void verify() {
    if (!Files.isRegularFile(directory.resolve(MARK))) {
      throw new InvalidInputException(
          directory.toString(),
          "a directory that is not from a rehearsal, perhaps a real model",
          "no directory, or one with " + MARK,
          "name another --out");
    }
    small()
        .forEach(
            (name, bytes) -> {
              if (!Arrays.equals(bytes, read(directory.resolve(name)))) {
                throw new InvalidInputException(
                    directory.resolve(name).toString(),
                    "other content than this rehearsal writes",
                    "a model of the same shape, seed and tokenizer",
                    "name another --out, or delete " + directory);
              }
            });
    Checksums.verify(directory);
  }

  /**
   * Writes the directory completely or not at all.
   *
   * @throws IOException if the disk cannot be written
   */
  void write() throws IOException {
    Path draft = directory.resolveSibling("." + directory.getFileName() + ".part");
    Folders.delete(draft); // left by an interrupted run
    Files.createDirectories(draft);
    try {
      for (Map.Entry<String, byte[]> file : small().entrySet()) {
        Files.write(draft.resolve(file.getKey()), file.getValue());
      }
      try (CausalLM model = CausalLM.random(architecture(), seed)) {
        writeWeights(model, draft.resolve(WEIGHTS));
      }
      Checksums.write(draft);
      Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Folders.delete(draft);
    }
  }

  private static void writeWeights(CausalLM model, Path file) {
    StoredNames names = model.architecture().storedNames();
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      String published = names.published(parameter.name());
      infos.put(published, new TensorInfo(DType.F16, Tensors.shape(parameter.array())));
      arrays.put(published, parameter.array());
    }
    TorchPickle.write(
        file,
        infos,
        name -> {
          NDArray array = arrays.get(name);
          return Safetensors.Tensor.ofHalf(Tensors.shape(array), Tensors.floats(array)).data();
        });
  }

  /** The files other than weights and checksums. */
  private Map<String, byte[]> small() {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> published = Files.list(shape)) {
      published
          .filter(Files::isRegularFile)
          .forEach(file -> files.put(file.getFileName().toString(), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(shape.toString(), e);
    }
    Tokenizer.FILES.stream()
        .filter(name -> Files.isRegularFile(tokenizer.resolve(name)))
        .forEach(name -> files.put(name, read(tokenizer.resolve(name))));
    String mark = Rehearsal.NOTICE + "\nseed " + seed + "\n";
    files.put(MARK, mark.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static byte[] read(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }
}
