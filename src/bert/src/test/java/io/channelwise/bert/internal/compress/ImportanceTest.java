package io.channelwise.bert.internal.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.channelwise.bert.Example;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.internal.files.BertConfig;
import io.channelwise.bert.internal.model.Bert;
import io.channelwise.bert.internal.model.TokenBatch;
import io.channelwise.bert.internal.model.Torch;
import io.channelwise.bert.internal.text.TextEncoder;
import io.channelwise.bert.internal.training.Objective;
import io.channelwise.bert.internal.training.TrainingData;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportanceTest {
  private static final double STEP = 0.02;

  @TempDir Path folder;

  /** The definition of the paper by finite differences, without any gradient. */
  @Test
  void shouldBeTheSlopeOfTheLoss_whenTheGiftOfAHeadOrNeuronIsScaled() {
    List<Example> examples = new ArrayList<>();
    for (String thing : List.of("bill", "charge", "payment", "invoice")) {
      examples.add(new Example("The " + thing + " is wrong", "billing"));
      examples.add(new Example("Reset my " + thing + " login please", "access"));
    }
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .epochs(4)
            .batchSize(4)
            .learningRate(1e-3)
            .device("cpu")
            .build();
    Path model = folder.resolve("model");
    FineTuner.train(
        settings, examples, List.of(), folder.resolve("w"), model, TrainingListener.NONE);
    BertConfig config = BertConfig.readClassifier(model);
    TrainingData data;
    try (TextEncoder encoder = new TextEncoder(model)) {
      data =
          TrainingData.of(
              settings, config.labels(), examples, List.of(), encoder, 32, config.vocabSize());
    }

    Importance importance =
        Importance.of(model, config, data, settings, 100, TrainingListener.NONE);

    double[] heads = new double[4];
    double[] neurons = new double[64];
    for (int head = 0; head < 4; head++) {
      String columns = ":, " + 8 * head + ":" + (8 * head + 8);
      heads[head] =
          slope(model, config, data, settings, "layer.1.attention.output.dense.weight", columns);
    }
    for (int neuron = 0; neuron < 64; neuron += 9) {
      String columns = ":, " + neuron + ":" + (neuron + 1);
      neurons[neuron] =
          slope(model, config, data, settings, "layer.0.output.dense.weight", columns);
      assertThat(importance.neurons().get(0)[neuron])
          .isCloseTo(neurons[neuron], within(2e-5 + 0.02 * neurons[neuron]));
    }
    double norm = 0;
    for (double head : heads) {
      norm += head * head;
    }
    for (int head = 0; head < 4; head++) {
      assertThat(importance.heads().get(1)[head])
          .isCloseTo(heads[head] / Math.sqrt(norm), within(0.02));
    }
    assertThat(importance.heads()).hasSize(2);
    assertThat(importance.neurons()).hasSize(2);
  }

  /** Mean over the examples of |L(1 + h) - L(1 - h)| / 2h. */
  private static double slope(
      Path model,
      BertConfig config,
      TrainingData data,
      TrainingSettings settings,
      String matrix,
      String columns) {
    Torch.enter();
    double sum = 0;
    int count = data.train().size();
    double[][] losses = new double[2][count];
    for (int side = 0; side < 2; side++) {
      try (Bert bert =
          Bert.forTraining(
              model, config, data.vocabulary(), true, 0, Torch.manager(Device.cpu()))) {
        NDArray weight = bert.weights().get("encoder." + matrix);
        NDArray block = weight.get(new NDIndex(columns));
        weight.set(new NDIndex(columns), block.mul(side == 0 ? 1 - STEP : 1 + STEP));
        for (int i = 0; i < count; i++) {
          int[] one = {i};
          try (NDManager scope = Torch.manager(Device.cpu())) {
            TokenBatch batch = new TokenBatch(scope, List.of(data.train().get(i)));
            losses[side][i] =
                Objective.of(settings, data)
                    .loss(scope, one, one, data.train().get(i).length())
                    .apply(bert.logits(batch, 0))
                    .getFloat();
          }
        }
      }
    }
    for (int i = 0; i < count; i++) {
      sum += Math.abs(losses[1][i] - losses[0][i]) / (2 * STEP);
    }
    return sum / count;
  }
}
