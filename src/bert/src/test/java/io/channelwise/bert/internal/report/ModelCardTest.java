package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.Calibration;
import io.channelwise.bert.Example;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Interval;
import io.channelwise.bert.evaluation.Slices;
import io.channelwise.bert.training.TrainingResult;
import io.channelwise.bert.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelCardTest {
  private static final List<String> LABELS = List.of("快递 | late", "price");

  private static final ClassEvaluation SCORES =
      Scores.of(LABELS, new int[] {0, 1}, new double[][] {{0.9, 0.1}, {0.3, 0.7}});

  @TempDir Path folder;

  private static String card(Task task) {
    List<Example> train =
        List.of(
            new Example("快递太慢了", LABELS.get(0)),
            new Example("How much is it?", LABELS.get(1)),
            new Example("Too dear", LABELS.get(1)));
    List<Example> tagged = List.of(Example.tagged(List.of("in", "Paris"), List.of("O", "B-LOC")));
    TrainingSettings settings =
        TrainingSettings.builder().task(task).labelSmoothing(0.05).maxLength(32).build();
    List<Example> data = task == Task.TOKENS ? tagged : train;
    return ModelCard.of(
        settings,
        DataFacts.of(task, data, List.of(), 1, "f00d"),
        new TrainingResult(Path.of("out"), LABELS, 10, 0.25, SCORES, 3, 100, 1));
  }

  @Test
  void shouldTellTheFactsOfDataAndTraining() {
    assertThat(card(Task.SEQUENCE))
        .startsWith("---\nlanguage: [en, zh]\nlibrary_name: transformers\n")
        .contains("pipeline_tag: text-classification")
        .contains("| price | 2 |\n| 快递 \\| late | 1 |")
        .contains("| language by script | en 2, zh 1 |")
        .contains("| median length | 8 characters |")
        .contains("| SHA-256 of all inputs and labels | f00d |")
        .contains("accuracy         1.0000 (95 % interval 1.0000 to 1.0000)")
        .contains("| label smoothing | 0.05 |")
        .contains("| base | minilm |")
        .contains("Not calibrated");
  }

  @ParameterizedTest
  @EnumSource(Task.class)
  void shouldSayHowToLoadIt_forEveryTask(Task task) {
    String card = card(task);
    assertThat(card)
        .contains(
            switch (task) {
              case SEQUENCE -> "tokenizer(TEXTS, padding=True, truncation=True, max_length=32";
              case PAIR -> "tokenizer(FIRSTS, SECONDS, padding=True";
              case MULTI_LABEL -> "logits.sigmoid()";
              case TOKENS -> "AutoModelForTokenClassification";
            })
        .doesNotContain("%s")
        .doesNotContain("%d");
    assertThat(card.contains("token-classification")).isEqualTo(task == Task.TOKENS);
    assertThat(card.contains("| LOC | 1 |")).isEqualTo(task == Task.TOKENS);
  }

  @Test
  void shouldKeepItsSectionsCurrent_whenCalibratedAndEvaluatedAgain() throws IOException {
    Path file = folder.resolve(ModelCard.FILE);
    Files.writeString(file, card(Task.SEQUENCE));
    ModelCard.calibrated(folder, new Calibration(1.5, 300, 0.09, 0.02, new RejectRule(0, 0, 1, 1)));
    ModelCard.calibrated(
        folder, new Calibration(1.25, 400, 0.08, 0.01, new RejectRule(0.95, 0.6, 0.96, 0.8)));
    Slices slices =
        new Slices(
            "accuracy",
            0.9,
            List.of(new Slices.Slice("shop", "a|b", 40, 0.5, new Interval(0.4, 0.6), 0.9, 0, true)),
            "Worse than the other examples: shop.");
    ModelCard.evaluated(folder, "test.csv", SCORES, slices);
    ModelCard.evaluated(folder, "other.csv", SCORES, slices);

    assertThat(file)
        .content()
        .contains("temperature 1.2500")
        .doesNotContain("temperature 1.5000")
        .doesNotContain("Not calibrated")
        .contains("Answers below 0.6000 are rejected so that 95.0 % of the others are right")
        .contains("calibration error went from 0.0800 to 0.0100")
        .contains("The threshold was chosen on these examples")
        .contains("On 2 examples of `other.csv`")
        .doesNotContain("test.csv")
        .contains("| shop | a\\|b | 40 | 0.5000 (0.4000 to 0.6000) | 0.9000 | yes |")
        .contains("## Limits");
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void shouldAddASection_whenTheCardIsOfAnothersMaking() throws IOException {
    Path file = folder.resolve(ModelCard.FILE);
    ModelCard.calibrated(folder, new Calibration(2, 30, 0.1, 0, new RejectRule(0, 0, 1, 1)));
    assertThat(file).doesNotExist();
    Files.writeString(file, "# Mine\n");
    ModelCard.calibrated(folder, new Calibration(2, 30, 0.1, 0, new RejectRule(0, 0, 1, 1)));
    assertThat(file).content().startsWith("# Mine\n\n").contains("temperature 2.0000");
  }
}
