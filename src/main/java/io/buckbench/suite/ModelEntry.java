package io.buckbench.suite;

import java.nio.file.Path;

/**
 * A base model; a row of {@code benchmarks/models.csv}.
 *
 * @param id what suites call it
 * @param directory where its files lie: Hugging Face's layout, tokenizer included
 * @param hub its name on Hugging Face's hub, or the empty string for one of ours
 * @param revision the hub's commit, or the empty string
 * @param sha256 digest of its weight file, or the empty string where it is not known yet
 * @param licence under which it may be used
 */
public record ModelEntry(
    String id, Path directory, String hub, String revision, String sha256, String licence) {

  /** The same model with its files elsewhere. */
  ModelEntry at(Path other) {
    return new ModelEntry(id, other, hub, revision, sha256, licence);
  }
}
