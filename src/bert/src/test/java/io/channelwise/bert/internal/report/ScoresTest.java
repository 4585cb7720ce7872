package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.evaluation.ClassEvaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoresTest {
  private static final List<String> LABELS = List.of("class 0", "class 1", "class 2");

  /** The example of scikit-learn's documentation of classification_report. */
  @Test
  void shouldPrintWhatScikitLearnPrints_whenGivenItsOwnExample() {
    ClassEvaluation evaluation =
        Scores.of(LABELS, new int[] {0, 1, 2, 2, 2}, certain(0, 0, 2, 2, 1));

    assertThat(evaluation.report())
        .isEqualTo(
            """
                          precision    recall  f1-score   support

                 class 0       0.50      1.00      0.67         1
                 class 1       0.00      0.00      0.00         1
                 class 2       1.00      0.67      0.80         3

                accuracy                           0.60         5
               macro avg       0.50      0.56      0.49         5
            weighted avg       0.70      0.60      0.61         5
            """);
    assertThat(evaluation.confusion())
        .containsExactly(List.of(1, 0, 0), List.of(1, 0, 0), List.of(0, 1, 2));
  }

  @Test
  void shouldAgreeWithHandArithmetic_whenAveraged() {
    ClassEvaluation evaluation =
        Scores.of(LABELS, new int[] {0, 1, 2, 2, 2}, certain(0, 0, 2, 2, 1));

    assertThat(evaluation.accuracy()).isEqualTo(3 / 5.0);
    assertThat(evaluation.microF1()).isEqualTo(3 / 5.0);
    assertThat(evaluation.macroF1()).isEqualTo((2 / 3.0 + 0 + 4 / 5.0) / 3, within(1e-12));
    assertThat(evaluation.weightedF1())
        .isEqualTo((1 * 2 / 3.0 + 1 * 0 + 3 * 4 / 5.0) / 5, within(1e-12));
    assertThat(evaluation.perClass().get(2).recall()).isEqualTo(2 / 3.0);
  }

  @Test
  void shouldLeaveAClassOutOfTheAverages_whenNoTextAndNoAnswerIsOfIt() {
    ClassEvaluation evaluation = Scores.of(LABELS, new int[] {0, 1}, certain(0, 1));

    assertThat(evaluation.macroF1()).isEqualTo(1);
    assertThat(evaluation.perClass()).hasSize(3);
    assertThat(evaluation.report()).doesNotContain("class 2");
  }

  @Test
  void shouldMeasureCalibration_whenConfidenceAndTruthDiffer() {
    // Two answers at 0.8, one right: 0.8 stated, 0.5 true. Two at 0.6, both right.
    double[][] probabilities = {{0.8, 0.2}, {0.8, 0.2}, {0.6, 0.4}, {0.4, 0.6}};
    ClassEvaluation evaluation =
        Scores.of(List.of("a", "b"), new int[] {0, 1, 0, 1}, probabilities);

    assertThat(evaluation.calibrationError())
        .isEqualTo(0.5 * (0.8 - 0.5) + 0.5 * (1 - 0.6), within(1e-12));
  }

  private static double[][] certain(int... answers) {
    double[][] result = new double[answers.length][LABELS.size()];
    for (int i = 0; i < answers.length; i++) {
      result[i][answers[i]] = 1;
    }
    return result;
  }
}
