package io.channelwise.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodAxisTest {
  private static PeriodAxis axis(String... labels) {
    return PeriodAxis.of(List.of(labels));
  }

  @Test
  void shouldSortAndFindMissingPeriods_ofEachLength() {
    assertThat(axis("2025", "2021", "2023").gaps()).containsExactly("2022", "2024");
    assertThat(axis("2024-H2", "2024-H1", "2025-H2").gaps()).containsExactly("2025-H1");
    assertThat(axis("2024-Q3", "2025-Q1").gaps()).containsExactly("2024-Q4");
    assertThat(axis("2024-11", "2025-02").gaps()).containsExactly("2024-12", "2025-01");
    assertThat(axis("2025-01-06", "2025-01-13", "2025-01-27").gaps()).containsExactly("2025-01-20");
    assertThat(axis("2024-Q4", "2025-Q1").gaps()).isEmpty();
  }

  @Test
  void shouldNameThePeriodsToCome() {
    assertThat(axis("2024-Q3", "2024-Q4").later(2)).isEqualTo("2025-Q2");
    assertThat(axis("2024-H1", "2024-H2").later(1)).isEqualTo("2025-H1");
    assertThat(axis("2024-11").later(2)).isEqualTo("2025-01");
    assertThat(axis("2025-01-06", "2025-01-13").later(2)).isEqualTo("2025-01-27");
    assertThat(axis("2025-01-01", "2025-01-11", "2025-04-21").later(1)).isEqualTo("2025-07-30");
    assertThat(axis("").later(1)).isEqualTo("+1");
  }

  @Test
  void shouldKnowMixedLengths_andDatesWithoutAGrid() {
    PeriodAxis mixed = axis("2025", "2025-Q1", "2024");
    assertThat(mixed.mixed()).isTrue();
    assertThat(mixed.regular()).isFalse();
    assertThat(mixed.gaps()).isEmpty();
    assertThat(mixed.labels()).containsExactly("2024", "2025", "2025-Q1");

    PeriodAxis dates = axis("2025-01-01", "2025-01-02", "2025-03-07", "2025-12-01");
    assertThat(dates.regular()).isFalse();
    assertThat(dates.mixed()).isFalse();
  }
}
