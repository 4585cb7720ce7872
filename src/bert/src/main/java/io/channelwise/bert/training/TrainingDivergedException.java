package io.channelwise.bert.training;

import io.channelwise.bert.BertException;

/** The loss stopped being a number or ran away; another learning rate may help. */
public class TrainingDivergedException extends BertException {
  private static final long serialVersionUID = 1L;

  public TrainingDivergedException(String message) {
    super(message);
  }
}
