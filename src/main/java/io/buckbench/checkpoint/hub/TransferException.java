package io.buckbench.checkpoint.hub;

/** A server did not deliver a file, after all retries. The message says what to do next. */
public final class TransferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransferException(Object address, String found, String todo) {
    super(address + ": " + found + "; " + todo);
  }

  TransferException(Object address, String found, String todo, Throwable cause) {
    super(address + ": " + found + "; " + todo, cause);
  }
}
