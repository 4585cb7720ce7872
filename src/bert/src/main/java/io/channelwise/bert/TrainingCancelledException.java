package io.channelwise.bert;

/** The listener asked to stop; a checkpoint was saved, so the run can be resumed. */
public class TrainingCancelledException extends BertException {
  private static final long serialVersionUID = 1L;

  public TrainingCancelledException(String message) {
    super(message);
  }
}
