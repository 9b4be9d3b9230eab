package io.buckbench.checkpoint.hub;

/** Is notified of the progress of a transfer, for a progress bar. */
@FunctionalInterface
public interface TransferListener {
  /**
   * Called at the beginning and after each piece.
   *
   * @param bytes bytes so far; not 0 at the beginning of a resumed transfer
   * @param totalBytes -1 if unknown
   */
  void at(String file, long bytes, long totalBytes);
}
