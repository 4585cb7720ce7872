package io.channelwise.bert;

import java.util.Objects;

/**
 * One labelled text.
 *
 * @param text what the model reads
 * @param label the class it belongs to
 */
public record Example(String text, String label) {
  public Example {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(label, "label");
  }
}
