package io.channelwise.steering;

/** What was given cannot be steered by; the message says what to change. */
public final class SteeringException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SteeringException(String message) {
    super(message);
  }
}
