package io.channelwise.model;

/**
 * Another delivery took the run over, or it was ended: the caller must stop and publish nothing.
 */
public final class StaleAttemptException extends RuntimeException {
  public StaleAttemptException(String message) {
    super(message);
  }
}
