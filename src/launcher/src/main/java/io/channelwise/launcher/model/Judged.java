package io.channelwise.launcher.model;

import io.channelwise.bert.AnswerListener;
import io.channelwise.bert.Backend;
import io.channelwise.bert.BertException;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Example;
import io.channelwise.bert.Tagger;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluator;
import io.channelwise.bert.evaluation.Judgement;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model judged on labelled examples.
 *
 * @param labels in the order of the model's outputs
 * @param longExamples examples longer than the model reads at once
 * @param maxLength tokens it reads at once
 */
record Judged(
    List<String> labels,
    Judgement judgement,
    int longExamples,
    int maxLength,
    Optional<Calibration> calibration) {

  /** Refuses a folder that holds no model of the task. */
  static void requireTask(Path model, Task task) {
    Task found = Task.ofModel(model);
    if (found != task) {
      throw new BertException(
          "Model %s is of the task %s; %s was expected.".formatted(model, found.key(), task.key()));
    }
  }

  /** Loads the model of a folder, which is of the task, and judges it. */
  static Judged of(
      Path model,
      Task task,
      List<Example> examples,
      String device,
      int threads,
      Backend backend,
      AnswerListener listener) {
    List<List<String>> inputs = examples.stream().map(Example::inputs).toList();
    if (task == Task.TOKENS) {
      try (Tagger tagger = Tagger.load(model, device, threads, backend)) {
        return new Judged(
            tagger.labels(),
            Evaluator.judge(tagger, examples, listener),
            tagger.countLong(inputs),
            tagger.maxLength(),
            Optional.empty());
      }
    }
    try (Classifier classifier = Classifier.load(model, device, threads, backend)) {
      return new Judged(
          classifier.labels(),
          Evaluator.judge(classifier, examples, listener),
          classifier.countLongInputs(inputs),
          classifier.maxLength(),
          classifier.calibration());
    }
  }
}
