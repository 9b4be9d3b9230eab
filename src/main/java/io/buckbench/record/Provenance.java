package io.buckbench.record;

import java.util.Map;

/**
 * What is needed to run a trial again and to know whether a difference is to be expected.
 *
 * @param startedAt ISO-8601 instant, UTC
 * @param commit the repository's commit, or {@code unknown}
 * @param dirty whether tracked files differed from that commit
 * @param deviceClass results of one class are bit-equal, for example {@code
 *     cpu-x86_64-intel-6-106-avx512-t2}: processor model, widest vector instructions, threads
 * @param device the device in words
 * @param precision what products were computed in, {@code float32} or {@code mixed}; empty where no
 *     model was
 * @param threads intra-op threads
 * @param versions library name to version: BuckBench, DJL, PyTorch, tokenizers, Java
 * @param pytorchFlags PyTorch's switches that decide bits, by name; empty where they are not known
 * @param sha256 input name to digest: model, data, prompt, tokenizer, method file, suite row
 */
public record Provenance(
    String startedAt,
    String commit,
    boolean dirty,
    String deviceClass,
    String device,
    String precision,
    int threads,
    Map<String, String> versions,
    Map<String, Boolean> pytorchFlags,
    Map<String, String> sha256) {}
