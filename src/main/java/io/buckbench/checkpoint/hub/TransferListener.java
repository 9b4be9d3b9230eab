package io.buckbench.checkpoint.hub;

/** Hears how a transfer goes, for a progress bar. */
@FunctionalInterface
public interface TransferListener {
  /** Hears nothing. */
  TransferListener NONE = (file, bytes, totalBytes) -> {};

  /**
   * Called at the beginning, which after a resumed transfer is not 0, and at each piece.
   *
   * @param totalBytes -1 where the server does not say
   */
  void at(String file, long bytes, long totalBytes);
}
