package io.channelwise.bert;

/** Fewer than two classes, or a class with too few texts to learn from. */
public class DatasetTooSmallException extends DatasetException {
  private static final long serialVersionUID = 1L;

  public DatasetTooSmallException(String message) {
    super(message);
  }
}
