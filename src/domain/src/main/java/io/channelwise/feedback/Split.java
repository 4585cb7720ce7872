package io.channelwise.feedback;

/** Part of a dataset: 80 % of each class to learn from, 20 % to judge by. */
public enum Split {
  TRAIN("train"),
  EVAL("eval");

  private final String stored;

  Split(String stored) {
    this.stored = stored;
  }

  String stored() {
    return stored;
  }
}
