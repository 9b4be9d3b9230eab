package io.buckbench.record;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is needed to repeat a trial and to know whether a repetition may differ.
 *
 * @param startedAt ISO-8601 instant, UTC
 * @param commit the repository's commit, or {@code unknown}
 * @param dirty whether tracked files differed from the commit
 * @param command the program's arguments, such as {@code run smoke}; the empty string in a build
 * @param deviceClass processor model, widest vector instructions and threads, for example {@code
 *     cpu-x86_64-intel-6-106-avx512-t2}; results within one class are bit-equal
 * @param device a description of the device
 * @param precision of matrix products, {@code float32} or {@code mixed}; the empty string if no
 *     model was used
 * @param threads PyTorch's intra-op threads
 * @param workers number of processes that ran trials of the suite at the same time. Bits do not
 *     depend on it, but seconds and dollars may
 * @param versions library name to version: BuckBench, DJL, PyTorch, tokenizers, Java
 * @param pytorchFlags PyTorch's global flags that affect bits, by name; empty if unknown
 * @param sha256 input to digest: model, data, prompt, tokenizer, method file, suite row
 */
public record Provenance(
    String startedAt,
    String commit,
    boolean dirty,
    String command,
    String deviceClass,
    String device,
    String precision,
    int threads,
    int workers,
    Map<String, String> versions,
    Map<String, Boolean> pytorchFlags,
    Map<String, String> sha256) {
  /** The key in {@link #sha256} of the program's own digest. */
  public static final String PROGRAM = "program";

  /** That of the record that was started last; empty if there is no record. */
  public static Optional<Provenance> newest(List<RunRecord> records) {
    return records.stream()
        .map(RunRecord::provenance)
        .max(Comparator.comparing(Provenance::startedAt));
  }
}
