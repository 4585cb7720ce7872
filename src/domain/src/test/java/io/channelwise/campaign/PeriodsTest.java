package io.channelwise.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodsTest {
  @ParameterizedTest
  @CsvSource({
    "2025, 2025, 2025-01-01",
    "2025年, 2025, 2025-01-01",
    "2025-H2, 2025-H2, 2025-07-01",
    "2025年上半年, 2025-H1, 2025-01-01",
    "2025q3, 2025-Q3, 2025-07-01",
    "2025 Q4, 2025-Q4, 2025-10-01",
    "2025年第二季度, 2025-Q2, 2025-04-01",
    "2025-7, 2025-07, 2025-07-01",
    "2025年11月, 2025-11, 2025-11-01",
    "2025/3/9, 2025-03-09, 2025-03-09"
  })
  void shouldNormaliseAPeriod(String text, String normal, String start) {
    assertThat(Periods.normalise(text)).contains(normal);
    assertThat(Periods.start(normal)).hasToString(start);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Q3", "25-Q3", "2025-Q5", "2025-13", "2025-02-30", "last year", ""})
  void shouldRefuseWhatIsNoPeriod(String text) {
    assertThat(Periods.normalise(text)).isEmpty();
  }
}
