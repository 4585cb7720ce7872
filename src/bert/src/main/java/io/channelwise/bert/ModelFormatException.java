package io.channelwise.bert;

/** A model directory or file that cannot be read: missing, damaged, hostile or of another kind. */
public class ModelFormatException extends BertException {
  private static final long serialVersionUID = 1L;

  public ModelFormatException(String message) {
    super(message);
  }

  public ModelFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
