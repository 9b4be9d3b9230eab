package io.buckbench.checkpoint.hub;

import io.buckbench.input.InvalidInputException;
import java.util.Locale;

/**
 * A repository of Hugging Face's hub.
 *
 * @param type what it holds
 * @param id for example {@code facebook/opt-125m}
 */
public record HubRepo(Type type, String id) {
  /** What a repository holds; the hub serves each type under another path. */
  public enum Type {
    MODEL(""),
    DATASET("datasets/");

    private final String path;

    Type(String path) {
      this.path = path;
    }
  }

  /** Checks the id: it becomes part of an address and of a directory's name. */
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

  /** A model's repository. */
  public static HubRepo model(String id) {
    return new HubRepo(Type.MODEL, id);
  }

  /** A data set's repository. */
  public static HubRepo dataset(String id) {
    return new HubRepo(Type.DATASET, id);
  }

  /** Its directory in the cache, as {@code huggingface_hub} names it. */
  String directory() {
    return type.name().toLowerCase(Locale.ROOT) + "s--" + id.replace("/", "--");
  }

  /** The path of a file's address, after the hub's own. */
  String path(String revision, String file) {
    return type.path + id + "/resolve/" + revision.replace("/", "%2F") + "/" + file;
  }

  @Override
  public String toString() {
    return type.path + id;
  }
}
