package io.channelwise.bert.training;

/** How the learning rate falls to zero after the warm-up. */
public enum Decay {
  /** In a straight line. */
  LINEAR("linear"),
  /** Along half a cosine: slowly at first and at the end. */
  COSINE("cosine");

  private final String key;

  Decay(String key) {
    this.key = key;
  }

  /** The name on the command line. */
  public String key() {
    return key;
  }
}
