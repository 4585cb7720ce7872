package io.channelwise.bert.internal.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.BertException;
import io.channelwise.bert.Calibration;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.RejectRule;
import io.channelwise.bert.internal.files.CalibrationFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
  @TempDir Path folder;

  /**
   * Every answer is stated with 0.9, three of four are right: the best temperature makes 0.75 of
   * 0.9, and sigmoid(ln 9 / T) = 3/4 gives T = ln 9 / ln 3 = 2.
   */
  @Test
  void shouldFindTheTemperatureByHand_whenAnswersAreTooSure() {
    double[][] probabilities = stated(4, 0.9);
    int[] truths = {0, 0, 0, 1};

    double temperature = Temperature.fit(probabilities, truths);

    assertThat(temperature).isEqualTo(2, within(1e-9));
    double[][] scaled = Temperature.scale(probabilities, temperature);
    assertThat(scaled[0][0]).isEqualTo(0.75, within(1e-9));
    assertThat(Scores.calibrationError(truths, probabilities)).isEqualTo(0.15, within(1e-9));
    assertThat(Scores.calibrationError(truths, scaled)).isEqualTo(0, within(1e-9));
  }

  /** sigmoid(ln(9) / 2) is 3/4, sigmoid(-ln(4) / 2) is 1/3. */
  @Test
  void shouldScaleEachDecisionByItself_whereThereAreSeveralLabels() {
    double[][] scaled = Temperature.scaleEach(new double[][] {{0.9, 0.2}}, 2);
    assertThat(scaled[0]).containsExactly(new double[] {0.75, 1 / 3.0}, within(1e-12));
  }

  @Test
  void shouldStayInBounds_whenNoTemperatureIsBest() {
    assertThat(Temperature.fit(stated(3, 0.9), new int[3])).isEqualTo(0.05, within(1e-9));
    assertThat(Temperature.fit(stated(2, 0.9), new int[] {1, 1})).isEqualTo(20, within(1e-9));
    assertThat(Temperature.scale(new double[] {1, 0}, 20)[1]).isGreaterThan(0);
  }

  /** By falling probability the answers are right, right, wrong, right, wrong. */
  @Test
  void shouldTakeMostTexts_whenThePrecisionIsReached() {
    double[][] probabilities = {
      {0.95, 0.05}, {0.9, 0.1}, {0.8, 0.2}, {0.7, 0.3}, {0.6, 0.4},
    };
    int[] truths = {0, 0, 1, 0, 1};

    assertThat(Rejection.rule(truths, probabilities, 1, 1))
        .isEqualTo(new RejectRule(1, 0.9, 1, 2 / 5.0));
    assertThat(Rejection.rule(truths, probabilities, 0.75, 1))
        .isEqualTo(new RejectRule(0.75, 0.7, 3 / 4.0, 4 / 5.0));
    assertThat(Rejection.rule(truths, probabilities, 0.5, 1))
        .isEqualTo(new RejectRule(0.5, 0, 3 / 5.0, 1));
    assertThatThrownBy(() -> Rejection.rule(truths, probabilities, 1, 3))
        .hasMessageContaining("with 3 or more answered; the best is 0.7500");
  }

  @Test
  void shouldNotSplitEqualProbabilities_whenOnlyOneOfThemIsRight() {
    assertThatThrownBy(() -> Rejection.rule(new int[] {0, 1}, stated(2, 0.9), 0.8, 1))
        .isInstanceOf(BertException.class)
        .hasMessageContaining("No threshold gives precision 0.8000 on these 2 texts")
        .hasMessageContaining("the best is 0.5000");
  }

  @Test
  void shouldReadBackWhatItStored() {
    Calibration stored =
        new Calibration(1.7, 300, 0.11, 0.02, new RejectRule(0.95, 0.6, 0.96, 0.8));
    assertThat(CalibrationFile.read(folder)).isEmpty();
    CalibrationFile.write(folder, stored);
    CalibrationFile.write(folder, stored);
    assertThat(CalibrationFile.read(folder)).contains(stored);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"temperature\":0}",
        "{\"temperature\":\"NaN\"}",
        "{\"temperature\":1,\"reject_below\":2}",
        "not json"
      })
  void shouldRefuseStoredNumbers_whenTheyCannotBe(String json) throws IOException {
    Files.writeString(folder.resolve(CalibrationFile.FILE), json);
    assertThatThrownBy(() -> CalibrationFile.read(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(CalibrationFile.FILE);
  }

  private static double[][] stated(int texts, double first) {
    return IntStream.range(0, texts)
        .mapToObj(i -> new double[] {first, 1 - first})
        .toArray(double[][]::new);
  }
}
