package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.evaluation.MultiLabelEvaluation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values are what scikit-learn 1.2.1 returned for the same matrices. */
class MultiLabelScoresTest {
  private static final List<String> LABELS = List.of("price", "快递", "quality", "a \"b\"", "never");

  private static final int[][] TRUTHS = {
    {1, 0, 1, 0, 0},
    {0, 1, 0, 0, 0},
    {1, 1, 0, 0, 0},
    {0, 0, 0, 0, 0},
    {0, 0, 1, 1, 0},
    {1, 0, 0, 1, 0},
    {0, 0, 0, 0, 0}
  };

  private static final double[][] PROBABILITIES = {
    {.9, .2, .8, .1, .0},
    {.6, .7, .1, .2, .1},
    {.55, .4, .5, .1, .2},
    {.1, .2, .3, .1, .05},
    {.2, .1, .45, .65, .3},
    {.8, .1, .2, .3, .1},
    {.1, .1, .7, .1, .1}
  };

  @Test
  void shouldPrintWhatScikitLearnPrints() {
    assertThat(scores(0.5).report())
        .isEqualTo(
            """
                          precision    recall  f1-score   support

                   price       0.75      1.00      0.86         3
                      快递       1.00      0.50      0.67         2
                 quality       0.33      0.50      0.40         2
                   a "b"       1.00      0.50      0.67         2
                   never       0.00      0.00      0.00         0

               micro avg       0.67      0.67      0.67         9
               macro avg       0.62      0.50      0.52         9
            weighted avg       0.77      0.67      0.67         9
             samples avg       0.57      0.50      0.50         9
            """);
  }

  @Test
  void shouldAgreeWithScikitLearn() {
    MultiLabelEvaluation scores = scores(0.5);
    assertThat(scores.accuracy()).isEqualTo(0.2857142857142857, within(1e-12));
    assertThat(scores.hammingLoss()).isEqualTo(0.17142857142857143, within(1e-12));
    assertThat(scores.microF1()).isEqualTo(0.6666666666666666, within(1e-12));
    assertThat(scores.macroF1()).isEqualTo(0.518095238095238, within(1e-12));
    assertThat(scores.weightedF1()).isEqualTo(0.6708994708994708, within(1e-12));
    assertThat(scores.samplesF1()).isEqualTo(0.5, within(1e-12));
  }

  @Test
  void shouldGiveFewerLabels_whenTheThresholdIsHigher() {
    // From 0.75 on three labels are given, all rightly, of nine true ones.
    MultiLabelEvaluation scores = scores(0.75);
    assertThat(scores.microF1()).isEqualTo(2 * 3 / (3.0 + 9), within(1e-12));
    assertThat(scores.perClass().get(0).precision()).isEqualTo(1);
  }

  /** One label, stated 0.9 four times and true three times; 0.1 twice and never true. */
  @Test
  void shouldMeasureCalibrationOverDecisions() {
    MultiLabelEvaluation scores =
        MultiLabelScores.of(
            List.of("a"),
            new boolean[][] {{true}, {true}, {true}, {false}, {false}, {false}},
            new double[][] {{.9}, {.9}, {.9}, {.9}, {.1}, {.1}},
            0.5);
    assertThat(scores.calibrationError()).isEqualTo((4 * 0.15 + 2 * 0.1) / 6, within(1e-12));
    assertThat(scores.reliability().get(13).accuracy()).isEqualTo(0.75);
  }

  @Test
  void shouldDrawTextsForTheIntervals() {
    MultiLabelEvaluation scores = scores(0.5);
    // Two of seven texts are right. Of binomial draws, 0 has chance 0.09, 5 and more 0.023.
    assertThat(scores.intervals().accuracy().low()).isZero();
    assertThat(scores.intervals().accuracy().high()).isBetween(4 / 7.0, 5 / 7.0);
    assertThat(scores.intervals().microF1().low()).isBetween(0.2, 0.66);
    assertThat(scores.intervals().microF1().high()).isBetween(0.67, 1.0);
    assertThat(scores(0.5)).isEqualTo(scores);
  }

  private static MultiLabelEvaluation scores(double threshold) {
    boolean[][] truths = new boolean[TRUTHS.length][LABELS.size()];
    for (int i = 0; i < truths.length; i++) {
      for (int c = 0; c < LABELS.size(); c++) {
        truths[i][c] = TRUTHS[i][c] == 1;
      }
    }
    return MultiLabelScores.of(LABELS, truths, PROBABILITIES, threshold);
  }
}
