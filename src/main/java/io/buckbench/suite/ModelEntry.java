package io.buckbench.suite;

import java.nio.file.Path;

/**
 * A base model; a row of {@code benchmarks/models.csv}.
 *
 * @param id its name in suites
 * @param directory its files in Hugging Face's layout, including the tokenizer
 * @param hub its name on Hugging Face's hub; empty for BuckBench's own models
 * @param revision the hub's commit, or empty
 * @param sha256 digest of its weight file; empty if it is not known yet
 * @param licence its licence
 */
public record ModelEntry(
    String id, Path directory, String hub, String revision, String sha256, String licence) {

  /** The same model in another directory. */
  ModelEntry at(Path other) {
    return new ModelEntry(id, other, hub, revision, sha256, licence);
  }
}
