package io.channelwise.bert;

import io.channelwise.bert.internal.files.BertConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a model decides on. Its key stands on the command line and in {@code config.json}. */
public enum Task {
  /** One label for a text. */
  SEQUENCE("sequence"),
  /** One label for two texts that are read together. */
  PAIR("pair"),
  /** Any number of labels for a text, or for two. */
  MULTI_LABEL("multi-label"),
  /** One tag for each word of a sentence. */
  TOKENS("tokens");

  private final String key;

  Task(String key) {
    this.key = key;
  }

  /** Its name for people and files. */
  public String key() {
    return key;
  }

  /**
   * The task of that key.
   *
   * @throws BertException when there is none
   */
  public static Task of(String key) {
    for (Task task : values()) {
      if (task.key.equals(key)) {
        return task;
      }
    }
    throw new BertException("Task " + key + " is unknown; expected " + keys() + ".");
  }

  /**
   * The task of a trained model.
   *
   * @throws ModelFormatException when the folder holds none
   */
  public static Task ofModel(Path modelDir) {
    return BertConfig.readClassifier(modelDir).task();
  }

  /** All keys, for messages. */
  static String keys() {
    return Arrays.stream(values()).map(Task::key).collect(Collectors.joining(", "));
  }
}
