package io.channelwise.bert.internal.fewshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.training.FewShotResult.Candidate;
import io.channelwise.bert.training.FewShotResult.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {

  @Test
  void shouldGiveMeanAndSampleDeviation_whenFoldsAreJoined() {
    double[] ones = new double[HeadScores.STRENGTHS.length];
    double[][] first = {fill(0.8), fill(1.0)};
    double[][] second = {fill(0.6), fill(1.5)};

    List<Candidate> candidates = Choice.candidates(Encoder.TUNED, List.of(first, second));

    assertThat(candidates).hasSize(ones.length);
    assertThat(candidates.get(0).accuracy()).isCloseTo(0.7, within(1e-12));
    // (0.1² + 0.1²) / (2 - 1), its root.
    assertThat(candidates.get(0).accuracySpread()).isCloseTo(Math.sqrt(0.02), within(1e-12));
    assertThat(candidates.get(0).logLoss()).isCloseTo(1.25, within(1e-12));
    assertThat(candidates.get(0).logLossSpread()).isCloseTo(Math.sqrt(0.125), within(1e-12));
  }

  @Test
  void shouldTakeTheLikelierStrengthAndTheMoreAccurateEncoder_whenTheyDiffer() {
    Candidate lucky = candidate(Encoder.TUNED, 0.1, 0.9, 0.8);
    Candidate likely = candidate(Encoder.TUNED, 1, 0.85, 0.6);
    Candidate frozen = candidate(Encoder.FROZEN, 1, 0.84, 0.5);

    assertThat(Choice.best(List.of(frozen, lucky, likely))).isEqualTo(likely);
  }

  @Test
  void shouldLeaveTheEncoderAlone_whenTuningGainsNothing() {
    Candidate frozen = candidate(Encoder.FROZEN, 1, 0.85, 0.7);
    Candidate tuned = candidate(Encoder.TUNED, 1, 0.85, 0.6);

    assertThat(Choice.best(List.of(tuned, frozen))).isEqualTo(frozen);
    assertThat(Choice.best(new ArrayList<>(List.of(frozen, tuned)))).isEqualTo(frozen);
  }

  private static double[] fill(double value) {
    double[] result = new double[HeadScores.STRENGTHS.length];
    java.util.Arrays.fill(result, value);
    return result;
  }

  private static Candidate candidate(
      Encoder encoder, double strength, double accuracy, double loss) {
    return new Candidate(encoder, strength, accuracy, 0, loss, 0);
  }
}
