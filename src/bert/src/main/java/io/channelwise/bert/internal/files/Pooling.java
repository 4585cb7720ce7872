package io.channelwise.bert.internal.files;

import io.channelwise.bert.ModelFormatException;
import java.util.Locale;

/** How the token states of a text become one vector for the head. */
public enum Pooling {
  /** Mean of the last hidden states of all tokens that are no padding, markers included. */
  MEAN(
      "logits = classifier(mean over attention_mask of last_hidden_state); this is not the pooler"
          + " of BertForSequenceClassification"),
  /** First token through a dense layer and tanh: the pooler of the original BERT. */
  CLS("logits = classifier(pooler_output), as BertForSequenceClassification computes them"),
  /** Each token keeps its state: for tags of words. */
  NONE("logits = classifier(last_hidden_state), as BertForTokenClassification computes them");

  private final String note;

  Pooling(String note) {
    this.note = note;
  }

  /** How config.json names it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The formula, for readers of config.json. */
  public String note() {
    return note;
  }

  /** The pooling of that name in config.json. */
  public static Pooling of(String key) {
    for (Pooling pooling : values()) {
      if (pooling.key().equals(key)) {
        return pooling;
      }
    }
    throw new ModelFormatException("Pooling " + key + " is unknown; expected mean, cls or none.");
  }
}
