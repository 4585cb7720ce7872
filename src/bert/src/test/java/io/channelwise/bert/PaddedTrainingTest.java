package io.channelwise.bert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.training.FineTuner;
import io.channelwise.bert.training.TrainingListener;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaddedTrainingTest {
  @TempDir Path folder;

  /** With one batch an epoch both recipes see the same texts; padding must weigh nothing. */
  @Test
  void shouldLearnTheSame_whenEveryTextIsPaddedToTheLimit() {
    List<Example> texts = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      texts.add(new Example("good ".repeat(i + 1) + i, "praise"));
      texts.add(new Example("too slow ".repeat(i + 1) + i, "complaint"));
    }
    TrainingSettings settings =
        TrainingSettings.builder()
            .base(TestModels.tiny().toString())
            .batchSize(texts.size())
            .epochs(4)
            .learningRate(1e-3)
            .dropout(0)
            .threads(1)
            .device("cpu")
            .build();

    TrainingResult plain = train("plain", settings, texts);
    TrainingResult padded = train("padded", settings.toBuilder().padded(true).build(), texts);

    assertThat(padded.finalLoss()).isCloseTo(plain.finalLoss(), within(1e-4));
    assertThat(plain.finalLoss()).isLessThan(0.68);
  }

  private TrainingResult train(String name, TrainingSettings settings, List<Example> texts) {
    return FineTuner.train(
        settings,
        texts,
        List.of(),
        folder.resolve(name + ".work"),
        folder.resolve(name),
        TrainingListener.NONE);
  }
}
