package io.channelwise.bert;

/** The labelled texts do not fit the task or the model. */
public class DatasetException extends BertException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }
}
