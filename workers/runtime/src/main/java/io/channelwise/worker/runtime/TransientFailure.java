package io.channelwise.worker.runtime;

import java.time.Duration;
import java.util.Optional;

/** A failure that time may heal: one retry fewer, tried again after a back-off. */
public final class TransientFailure extends RuntimeException {
  private final Duration retryAfter;

  public TransientFailure(String message, Throwable cause) {
    this(message, cause, null);
  }

  /**
   * @param retryAfter wait asked for by the other side (HTTP Retry-After, say); null for the usual
   *     back-off
   */
  public TransientFailure(String message, Throwable cause, Duration retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
