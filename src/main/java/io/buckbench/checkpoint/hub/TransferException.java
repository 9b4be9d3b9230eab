package io.buckbench.checkpoint.hub;

/** A server did not deliver a file, after all retries. The message says what to do next. */
public class TransferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransferException(Object address, String found, String todo) {
    super(address + ": " + found + "; " + todo);
  }

  /** The server has no such file. */
  static final class Missing extends TransferException {
    private static final long serialVersionUID = 1L;

    Missing(Object address, String found, String todo) {
      super(address, found, todo);
    }
  }

  TransferException(Object address, String found, String todo, Throwable cause) {
    super(address + ": " + found + "; " + todo, cause);
  }
}
