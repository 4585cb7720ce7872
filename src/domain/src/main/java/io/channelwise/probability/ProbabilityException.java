package io.channelwise.probability;

/** No model can be learned from the rows; the message says why and what to do. */
public final class ProbabilityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProbabilityException(String message) {
    super(message);
  }
}
