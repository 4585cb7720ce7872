package io.channelwise.worker.training;

import io.channelwise.bert.BaseModels;
import io.channelwise.bert.Example;
import io.channelwise.feedback.Dataset;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.Split;
import io.channelwise.probability.BehaviourTable;
import io.channelwise.worker.runtime.PermanentFailure;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a training reads: datasets in the shape of the BERT library, and base models by name. */
@Component
class TrainingData {
  private final DatasetService datasets;

  TrainingData(DatasetService datasets) {
    this.datasets = datasets;
  }

  Dataset require(String datasetId, String modelName) {
    Dataset dataset =
        datasets
            .find(datasetId)
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "There is no dataset %s. Build one with dataset.build, then retry with its id."
                            .formatted(datasetId)));
    if (!dataset.modelName().equals(modelName)) {
      throw new PermanentFailure(
          "Dataset %s is for model %s, not %s. Correct datasetId or modelName, then retry."
              .formatted(datasetId, dataset.modelName(), modelName));
    }
    return dataset;
  }

  List<Example> train(String datasetId) {
    return examples(datasetId, Split.TRAIN);
  }

  List<Example> eval(String datasetId) {
    return examples(datasetId, Split.EVAL);
  }

  BehaviourTable behaviour(String datasetId, Split split) {
    return datasets.behaviour(datasetId, split);
  }

  private List<Example> examples(String datasetId, Split split) {
    return datasets.examples(datasetId, split).stream()
        .map(
            example ->
                example.pair() == null
                    ? new Example(example.text(), example.label())
                    : Example.pair(example.text(), example.pair(), example.label()))
        .toList();
  }

  /** Only packaged models: a variable of a process must not name a folder of this machine. */
  String base(String name) {
    if (!BaseModels.names().contains(name)) {
      throw new PermanentFailure(
          "Base model '%s' is unknown; expected one of %s. Correct the variable base, then retry."
              .formatted(name, String.join(", ", BaseModels.names())));
    }
    return name;
  }
}
