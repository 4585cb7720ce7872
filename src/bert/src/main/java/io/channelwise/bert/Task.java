package io.channelwise.bert;

/** What a model decides on. */
public enum Task {
  /** One label for a text. */
  SEQUENCE("sequence"),
  /** One label for two texts read together. */
  PAIR("pair"),
  /** Any number of labels for a text or a pair. */
  MULTI_LABEL("multi-label"),
  /** One label for each word. */
  TOKENS("tokens");

  private final String key;

  Task(String key) {
    this.key = key;
  }

  /** The name on the command line and in {@code config.json}. */
  public String key() {
    return key;
  }
}
