package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.evaluation.ClassEvaluation;
import io.channelwise.bert.evaluation.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final List<String> LABELS = List.of("a", "b");

  @Test
  void shouldAgreeWithTheBinomialInterval_whenAnswersAreRightOrWrong() {
    ClassEvaluation evaluation = ninetyOfAHundred(4);

    // 0.9 ± 1.96 √(0.9 × 0.1 / 400) = 0.9 ± 0.0294, steps of 1/400.
    assertThat(evaluation.intervals().accuracy().low()).isEqualTo(0.8706, within(0.005));
    assertThat(evaluation.intervals().accuracy().high()).isEqualTo(0.9294, within(0.005));
    assertThat(evaluation.summary()).startsWith("accuracy         0.9000 (95 % interval 0.8");
    assertThat(evaluation.intervals().macroF1().low()).isLessThan(evaluation.macroF1());
    assertThat(evaluation.intervals().macroF1().high()).isGreaterThan(evaluation.macroF1());
  }

  @Test
  void shouldGiveTheSameInterval_whenAskedAgain() {
    assertThat(ninetyOfAHundred(1)).isEqualTo(ninetyOfAHundred(1));
  }

  @Test
  void shouldHaveNoWidth_whenEveryAnswerIsRight() {
    ClassEvaluation evaluation =
        Scores.of(LABELS, new int[] {0, 1}, new double[][] {{1, 0}, {0, 1}});
    assertThat(evaluation.intervals().accuracy()).isEqualTo(new Interval(1, 1));
    assertThat(evaluation.intervals().weightedF1()).isEqualTo(new Interval(1, 1));
  }

  /** numpy.quantile([1, 2, 3, 4], 0.4) is 2.2. */
  @Test
  void shouldInterpolateAsNumPyDoes() {
    double[] values = {1, 2, 3, 4};
    assertThat(Bootstrap.quantile(values, 0.4)).isEqualTo(2.2, within(1e-12));
    assertThat(Bootstrap.quantile(values, 0)).isEqualTo(1);
    assertThat(Bootstrap.quantile(values, 1)).isEqualTo(4);
  }

  private static ClassEvaluation ninetyOfAHundred(int hundreds) {
    int[] truths = new int[100 * hundreds];
    double[][] probabilities = new double[truths.length][];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = i % 2;
      int answer = i % 10 == 0 ? 1 - truths[i] : truths[i];
      probabilities[i] = answer == 0 ? new double[] {0.8, 0.2} : new double[] {0.2, 0.8};
    }
    return Scores.of(LABELS, truths, probabilities);
  }
}
