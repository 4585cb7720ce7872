package io.channelwise.worker.runtime;

/** A failure that trying again cannot heal: an incident at once. The message says what to do. */
public final class PermanentFailure extends RuntimeException {
  public PermanentFailure(String message) {
    super(message);
  }

  public PermanentFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
