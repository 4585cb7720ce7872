package io.channelwise.model;

/** There is no such round of training, or it has no model. */
public final class UnknownTrainingException extends RuntimeException {
  public UnknownTrainingException(String message) {
    super(message);
  }
}
