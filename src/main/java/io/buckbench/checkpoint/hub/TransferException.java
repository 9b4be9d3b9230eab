package io.buckbench.checkpoint.hub;

/** A server that did not give what it was asked for, after every retry; says what to do next. */
public final class TransferException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransferException(Object address, String found, String todo) {
    super(address + ": " + found + "; " + todo);
  }

  TransferException(Object address, String found, String todo, Throwable cause) {
    super(address + ": " + found + "; " + todo, cause);
  }
}
