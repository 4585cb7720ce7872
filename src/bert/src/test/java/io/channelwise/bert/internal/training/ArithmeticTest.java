package io.channelwise.bert.internal.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.Example;
import io.channelwise.bert.Precision;
import io.channelwise.bert.TestModels;
import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same short training through different arithmetic. */
class ArithmeticTest {
  private static final String OPERATORS = "channelwise.bert.operators";

  @TempDir Path work;
  private double loss;

  @BeforeEach
  void trainWithFastOperators() {
    loss = train("fast", Precision.FP32);
  }

  @Test
  void shouldEndAtTheSameLoss_whenOnlyPlainOperatorsAreThere() {
    System.setProperty(OPERATORS, "plain");
    try {
      assertThat(train("plain", Precision.FP32)).isEqualTo(loss, within(1e-4));
      // bf16 is computed in 32 bits then.
      assertThat(train("plain-bf16", Precision.BF16)).isEqualTo(loss, within(1e-4));
    } finally {
      System.clearProperty(OPERATORS);
    }
  }

  @Test
  void shouldEndNearTheSameLoss_whenProductsAreInBf16() {
    double coarse = train("bf16", Precision.BF16);

    assertThat(coarse).isEqualTo(loss, within(0.05 * loss)).isNotEqualTo(loss);
    assertThat(train("bf16-again", Precision.BF16)).isEqualTo(coarse);
  }

  private double train(String name, Precision precision) {
    List<Example> examples = new ArrayList<>();
    String[] words = {"card", "money", "travel"};
    for (int i = 0; i < 24; i++) {
      examples.add(new Example("my " + words[i % 3] + " please ".repeat(i % 5), "c" + i % 3));
    }
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .epochs(4)
            .batchSize(8)
            .learningRate(1e-3)
            .dropout(0)
            .precision(precision)
            .device("cpu")
            .build();
    return FineTuner.train(
            settings,
            examples,
            List.of(),
            work.resolve(name + "-run"),
            work.resolve(name),
            TrainingListener.NONE)
        .finalLoss();
  }
}
