package io.buckbench.rehearsal;

import ai.djl.ndarray.NDArray;
import io.buckbench.checkpoint.DType;
import io.buckbench.checkpoint.Safetensors;
import io.buckbench.checkpoint.TensorInfo;
import io.buckbench.checkpoint.TorchPickle;
import io.buckbench.data.Tokenizer;
import io.buckbench.files.Folders;
import io.buckbench.input.InvalidInputException;
import io.buckbench.input.Problems;
import io.buckbench.model.Architecture;
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
 * A directory as Hugging Face's hub has it, of a model's true shape and with random weights:
 * float16 {@code pytorch_model.bin} with the keys of the published file, {@code config.json} with
 * every field, and the tokenizer's files. {@code REHEARSAL.txt} says what it is, {@code SHA256SUMS}
 * that it is whole.
 *
 * @param directory where it is, or will be
 * @param shape holds {@code config.json} and whatever other small files the model is published with
 * @param tokenizer holds the tokenizer's files
 * @param seed the same seed gives the same weights
 */
record RandomModel(Path directory, Path shape, Path tokenizer, long seed) {
  private static final String WEIGHTS = "pytorch_model.bin";
  private static final String CONFIG = "config.json";
  private static final String MARK = "REHEARSAL.txt";

  /** Room for the small files. */
  private static final long SMALL_FILES_BYTES = 8L << 20;

  /** The model that {@code config.json} declares. */
  Architecture architecture() {
    return Architecture.read(shape);
  }

  /** Whether something is there already. */
  boolean exists() {
    return Files.exists(directory);
  }

  /** Bytes that writing it takes: two for each weight. */
  long bytes() {
    return SMALL_FILES_BYTES + 2 * architecture().parameters();
  }

  /**
   * Notes a shape that is unknown, a tokenizer that is none or does not fit, and a directory that
   * no rehearsal with these settings wrote. Nothing is written.
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
    try (Tokenizer opened = architecture().openTokenizer(tokenizer)) {
      int vocabulary = architecture().shape().vocabulary();
      if (opened.largestId() >= vocabulary) {
        problems.add(
            tokenizer.toString(),
            "a token with id " + opened.largestId(),
            "ids below " + vocabulary + ", the vocab_size of " + shape.resolve(CONFIG),
            "use the model's own tokenizer");
      }
      if (exists()) {
        verify();
      }
    } catch (InvalidInputException e) {
      problems.addAll(e);
    }
  }

  private void verify() {
    if (!Files.isRegularFile(directory.resolve(MARK))) {
      throw new InvalidInputException(
          directory.toString(),
          "a directory that no rehearsal wrote, perhaps a real model",
          "none, or one with " + MARK,
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
   * Writes the directory, all of it or nothing.
   *
   * @throws IOException where the disk will not take it
   */
  void write() throws IOException {
    Path draft = directory.resolveSibling("." + directory.getFileName() + ".part");
    Folders.delete(draft); // of a run that was killed
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
    String prefix = model.architecture().storedNames().omittedPrefix();
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Parameter parameter : model.parameters()) {
      String published = parameter.name().substring(prefix.length());
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

  /** Every file but the weights and the checksums. */
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
