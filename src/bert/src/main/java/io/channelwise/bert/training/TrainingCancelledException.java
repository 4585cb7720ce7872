package io.channelwise.bert.training;

import io.channelwise.bert.BertException;

/** The listener asked to stop; a checkpoint was saved, so the run can be resumed. */
public class TrainingCancelledException extends BertException {
  private static final long serialVersionUID = 1L;

  public TrainingCancelledException(String message) {
    super(message);
  }
}
