package io.channelwise.feedback;

/** There is too little labelled feedback to learn from; the message says what there is. */
public final class DatasetTooSmallException extends RuntimeException {
  public DatasetTooSmallException(String message) {
    super(message);
  }
}
