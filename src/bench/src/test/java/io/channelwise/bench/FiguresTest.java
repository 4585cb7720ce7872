package io.channelwise.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void shouldTellWhichBarIsMissed() {
    Figures figures = new Figures();
    figures.tell("tokens/s", 1234.5, "");
    figures.atLeast("ratio", 3.2, "", 3);
    assertThat(figures.met()).isTrue();

    figures.atMost("error", 0.04, "", 0.03);

    assertThat(figures.met()).isFalse();
    assertThat(figures.table().text().lines())
        .anySatisfy(line -> assertThat(line).matches("ratio +3\\.2000 +≥ 3\\.0 +yes"))
        .anySatisfy(line -> assertThat(line).matches("error +0\\.0400 +≤ 0\\.03 +NO"));
  }

  @Test
  void shouldShowSmallNumbers_withTheirPowerOfTen() {
    Figures figures = new Figures();
    figures.atMost("gap", 2.58e-13, "", 1e-8);
    figures.tell("seconds", 0.00042, "s");
    figures.tell("nothing", 0, "");

    assertThat(figures.met()).isTrue();
    assertThat(figures.table().text().lines())
        .anySatisfy(line -> assertThat(line).matches("gap +2\\.6e-13 +≤ 1e-08 +yes"))
        .anySatisfy(line -> assertThat(line).matches("seconds +4\\.2e-04 s"))
        .anySatisfy(line -> assertThat(line).matches("nothing +0\\.0000"));
  }

  @Test
  void shouldNeverMeetABar_whenNothingWasMeasured() {
    Figures figures = new Figures();
    figures.atLeast("ratio", Double.NaN, "", 1);
    assertThat(figures.met()).isFalse();
  }
}
