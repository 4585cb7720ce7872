package io.channelwise.bert.internal.training;

import io.channelwise.bert.BertException;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Task;
import io.channelwise.bert.internal.files.BertConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Goes on training a trained model with the head it has. */
public final class KeptHead {

  private KeptHead() {}

  /**
   * The configuration of the model.
   *
   * @param found labels of the examples
   * @throws DatasetException when the examples have labels the model does not know
   * @throws BertException when the model is for another task
   */
  public static BertConfig config(Path model, Task task, List<String> found, int maxLength) {
    BertConfig config = BertConfig.readClassifier(model);
    if (config.task() != task) {
      throw new BertException(
          "Model %s is for the task %s; the training is for %s. Give --task %s."
              .formatted(model, config.task().key(), task.key(), config.task().key()));
    }
    TreeSet<String> unknown = new TreeSet<>(found);
    config.labels().forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new DatasetException(
          "The examples have labels that model %s does not know: %s. It knows %s. Correct or remove these rows."
              .formatted(model, unknown, config.labels()));
    }
    return config.withHead(task, config.labels(), config.pooling(), maxLength);
  }
}
