package io.channelwise.feedback;

/**
 * One labelled text, or two that are read together.
 *
 * @param pair the second text; null where there is one only
 */
public record Example(String text, String pair, String label) {

  /** One text. */
  public Example(String text, String label) {
    this(text, null, label);
  }
}
