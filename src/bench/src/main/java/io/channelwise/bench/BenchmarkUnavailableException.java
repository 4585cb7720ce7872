package io.channelwise.bench;

/** A benchmark cannot run here; the message says what is absent and what to do. */
public final class BenchmarkUnavailableException extends RuntimeException {
  public BenchmarkUnavailableException(String message) {
    super(message);
  }
}
