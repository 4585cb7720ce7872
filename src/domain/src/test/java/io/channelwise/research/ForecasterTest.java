package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.campaign.Text;
import io.channelwise.research.Forecast.Backtest;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ForecasterTest {
  private static final Text NAME = new Text("the mean price in retail", "“零售”的均价");

  private static PeriodAxis quarters(int count) {
    List<String> labels = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      labels.add("%d-Q%d".formatted(2020 + t / 4, 1 + t % 4));
    }
    return PeriodAxis.of(labels);
  }

  private static Forecast forecast(double... values) {
    return Forecaster.forecast(NAME, quarters(values.length), values, 0, 1e9);
  }

  @Test
  void shouldRefuseTooShortASeries_withASentence() {
    Forecast refused = forecast(3, 4, 5);

    assertThat(refused.refused()).isTrue();
    assertThat(refused.points()).isEmpty();
    assertThat(refused.note().en())
        .isEqualTo(
            "No forecast of the mean price in retail: it has 3 periods (2020-Q1 to 2020-Q3); at least 7 are needed to test a forecast on the past. Bring earlier periods in competitors.csv.");
    assertThat(refused.note().zh()).contains("仅有 3 个时期");
  }

  @Test
  void shouldContinueAnExactGrowth_byTheLineOfItsLogarithms() {
    double[] values = new double[9];
    for (int t = 0; t < values.length; t++) {
      values[t] = 100 * Math.pow(1.05, t);
    }

    Forecast found = forecast(values);

    assertThat(found.method().en()).isEqualTo("Theil–Sen line");
    assertThat(found.points())
        .extracting(Forecast.Point::period)
        .containsExactly("2022-Q2", "2022-Q3", "2022-Q4", "2023-Q1");
    assertThat(found.points().get(3).value()).isCloseTo(100 * Math.pow(1.05, 12), within(1e-6));
    assertThat(found.backtests().get(0).error()).isCloseTo(0, within(1e-9));
    assertThat(found.backtests().get(0).relativeError()).isCloseTo(0, within(1e-9));
  }

  @Test
  void shouldMeasureTheErrorOfEachMethod_byForecastingThePast() {
    // Constant but for the last value: a line through the first 5 or 6 says 10, and 13 came.
    Forecast found = forecast(10, 10, 10, 10, 10, 10, 13);

    // Three forecasts: from 5 periods for the 6th and 7th, from 6 for the 7th; errors 0, 3, 3.
    Backtest line =
        found.backtests().stream()
            .filter(b -> b.method().en().equals("Theil–Sen line"))
            .findFirst()
            .orElseThrow();
    assertThat(line.forecasts()).isEqualTo(3);
    assertThat(line.error()).isCloseTo(2, within(1e-12));
    assertThat(line.relativeError()).isCloseTo(1, within(1e-12));
    assertThat(line.inside()).isEqualTo(1);
    assertThat(found.note().en()).contains("Repeating the last value was no worse");
  }

  @Test
  void shouldChooseDampedHolt_whenTheTrendTurned() {
    double[] values = new double[20];
    for (int t = 0; t < values.length; t++) {
      values[t] = t < 10 ? 100 + 4 * t : 140 - 3 * (t - 10);
    }

    Forecast found = forecast(values);

    assertThat(found.method().en()).isEqualTo("damped Holt");
    assertThat(found.backtests()).hasSize(2);
    assertThat(found.backtests().get(0).error()).isLessThan(found.backtests().get(1).error());
  }

  @Test
  void shouldRepeatAConstantSeries_andSaySo() {
    Forecast found = forecast(7, 7, 7, 7, 7, 7, 7, 7);

    assertThat(found.points())
        .allSatisfy(p -> assertThat(List.of(p.value(), p.low(), p.high())).containsOnly(7.0));
    assertThat(found.note().en()).contains("was the same in all 8 periods");
  }

  @Test
  void shouldTryTheLineAlone_whenPeriodsAreMissing() {
    PeriodAxis axis =
        PeriodAxis.of(List.of("2015", "2016", "2017", "2018", "2020", "2021", "2022", "2024"));

    Forecast found =
        Forecaster.forecast(NAME, axis, new double[] {1, 2, 3, 4, 6, 7, 8, 10}, -100, 100);

    assertThat(found.backtests()).hasSize(1);
    assertThat(found.points().get(0).period()).isEqualTo("2025");
    assertThat(found.note().en()).contains("not evenly spaced");
  }

  @Test
  void shouldStayWithinWhatIsPossible_andKeepTheForecastInsideItsInterval() {
    SplittableRandom random = new SplittableRandom(3);
    for (int run = 0; run < 40; run++) {
      double[] values = new double[7 + random.nextInt(12)];
      for (int t = 0; t < values.length; t++) {
        values[t] = random.nextDouble();
      }
      Forecast found = Forecaster.forecast(NAME, quarters(values.length), values, 0, 1);
      assertThat(found.points())
          .allSatisfy(
              p -> {
                assertThat(p.low()).isBetween(0.0, p.value());
                assertThat(p.high()).isBetween(p.value(), 1.0);
              });
      assertThat(Forecaster.forecast(NAME, quarters(values.length), values, 0, 1)).isEqualTo(found);
    }
  }

  @Test
  void shouldHoldZeros_whichHaveNoLogarithm() {
    assertThat(forecast(0, 1, 0, 2, 1, 0, 1, 2).points())
        .allSatisfy(p -> assertThat(p.low()).isGreaterThanOrEqualTo(0));
  }
}
