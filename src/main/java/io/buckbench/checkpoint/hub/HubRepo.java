package io.buckbench.checkpoint.hub;

import io.buckbench.input.InvalidInputException;

/**
 * A model's repository on Hugging Face's hub.
 *
 * @param id for example {@code EleutherAI/pythia-70m}
 */
public record HubRepo(String id) {
  /** Checks the id, since it becomes part of an address and of a directory name. */
  public HubRepo {
    if (!id.matches("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)?")
        || id.contains("..")
        || id.contains("--")) {
      throw new InvalidInputException(
          "hub repository",
          id,
          "owner/name, of letters, digits, '-', '_' and '.'",
          "correct the name");
    }
  }

  /** The name of its directory in the cache, as in {@code huggingface_hub}. */
  String directory() {
    return "models--" + id.replace("/", "--");
  }

  /** The address of a file, relative to the hub's. */
  String path(String revision, String file) {
    return id + "/resolve/" + revision.replace("/", "%2F") + "/" + file;
  }

  @Override
  public String toString() {
    return id;
  }
}
