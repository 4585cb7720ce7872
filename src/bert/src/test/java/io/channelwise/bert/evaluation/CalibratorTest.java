package io.channelwise.bert.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibratorTest {
  @TempDir Path folder;

  /**
   * Half of the labels of the held-out texts are wrong: no decision deserves much more than a half.
   */
  @Test
  void shouldMakeDecisionsHonest_whereThereAreSeveralLabels() {
    List<Example> train = new ArrayList<>();
    List<Example> held = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String filler = " number " + i;
      train.add(Example.multiLabel(List.of("cheap" + filler), List.of("price")));
      train.add(Example.multiLabel(List.of("quick" + filler), List.of("time")));
      held.add(
          Example.multiLabel(List.of("cheap" + filler), List.of(i % 2 == 0 ? "price" : "time")));
    }
    Path model = trained(Task.MULTI_LABEL, train);
    MultiLabelEvaluation before = (MultiLabelEvaluation) Evaluator.evaluate(model, held);

    Calibration calibration = Calibrator.calibrate(model, held, 0, "cpu", 1);

    MultiLabelEvaluation after = (MultiLabelEvaluation) Evaluator.evaluate(model, held);
    assertThat(calibration.temperature()).isGreaterThan(2);
    assertThat(calibration.errorBefore()).isEqualTo(before.calibrationError());
    assertThat(after.calibrationError()).isLessThan(before.calibrationError() / 2);
    // No decision changes its side.
    assertThat(after.microF1()).isEqualTo(before.microF1());
    assertThat(model.resolve("model-card.md")).content().contains("Fitted on 24 held-out examples");
    assertThatThrownBy(() -> Calibrator.calibrate(model, held, 0.9, "cpu", 1))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("A reject threshold is for models that choose one label");
  }

  @Test
  void shouldSayWhy_whenWordsAreTagged() {
    Example sentence = Example.tagged(List.of("in", "Paris"), List.of("O", "B-LOC"));
    List<Example> sentences = Collections.nCopies(20, sentence);
    Path model = trained(Task.TOKENS, sentences);
    assertThatThrownBy(() -> Calibrator.calibrate(model, sentences, 0, "cpu", 1))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("tags words; calibration is for models that give texts labels");
  }

  private Path trained(Task task, List<Example> examples) {
    TrainingSettings settings =
        TrainingSettings.builder()
            .task(task)
            .base(TestModels.tiny().toString())
            .batchSize(8)
            .epochs(5)
            .learningRate(5e-3)
            .maxLength(16)
            .threads(1)
            .device("cpu")
            .build();
    Path out = folder.resolve(task.key());
    FineTuner.train(
        settings, examples, List.of(), folder.resolve("work"), out, TrainingListener.NONE);
    return out;
  }
}
