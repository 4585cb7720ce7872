package io.channelwise.bert;

/** A request that cannot be fulfilled, told so that a user can act on it. */
public class BertException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BertException(String message) {
    super(message);
  }

  public BertException(String message, Throwable cause) {
    super(message, cause);
  }
}
