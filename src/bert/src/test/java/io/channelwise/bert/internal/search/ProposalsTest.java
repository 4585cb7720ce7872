package io.channelwise.bert.internal.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.bert.search.SearchMethod;
import io.channelwise.bert.search.SearchRange;
import io.channelwise.bert.search.SearchSettings;
import io.channelwise.bert.training.TrainingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalsTest {
  private static final TrainingSettings FIXED = TrainingSettings.builder().seed(5).build();

  private static Proposals proposals(long seed, String... ranges) {
    List<SearchRange> given = List.of(ranges).stream().map(SearchRange::parse).toList();
    SearchSettings search =
        SearchSettings.of(FIXED, SearchMethod.RANDOM, 10, Duration.ofMinutes(1), given);
    return new Proposals(FIXED.toBuilder().seed(seed).build(), search.ranges());
  }

  @Test
  void shouldProposeTheSame_whenTheSeedIsTheSame() {
    for (int trial = 1; trial <= 20; trial++) {
      assertThat(proposals(5).values(trial)).isEqualTo(proposals(5).values(trial));
      assertThat(proposals(5).values(trial)).isNotEqualTo(proposals(6).values(trial));
    }
    // Another range for one setting leaves the values of the others alone.
    var whole = proposals(5).values(3);
    var narrow = proposals(5, "dropout=0.3").values(3);
    assertThat(narrow.get("dropout")).isEqualTo(0.3);
    whole.remove("dropout");
    narrow.remove("dropout");
    assertThat(narrow).isEqualTo(whole);
  }

  @Test
  void shouldSpreadEvenlyOverTheRange_onTheScaleOfTheSetting() {
    Proposals proposals = proposals(1, "learning-rate=1e-6..1e-2", "epochs=2..5");
    List<TrainingSettings> drawn =
        IntStream.rangeClosed(1, 4000).mapToObj(proposals::settings).toList();

    // Log-uniform over four decades: a quarter in each. 4000 draws, so 0.25 +- 0.02 is 3 sigma.
    for (double from = 1e-6; from < 5e-3; from *= 10) {
      double low = from;
      double share =
          drawn.stream().filter(s -> s.learningRate() >= low && s.learningRate() < 10 * low).count()
              / 4000.0;
      assertThat(share).isBetween(0.23, 0.27);
    }
    for (int epochs = 2; epochs <= 5; epochs++) {
      int wanted = epochs;
      assertThat(drawn.stream().filter(s -> s.epochs() == wanted).count()).isBetween(900L, 1100L);
    }
    for (int size : new int[] {8, 16, 32}) {
      assertThat(drawn.stream().filter(s -> s.batchSize() == size).count()).isBetween(1210L, 1460L);
    }
    assertThat(drawn).allMatch(s -> s.dropout() >= 0 && s.dropout() <= 0.2);
    assertThat(drawn).allMatch(s -> s.layerDecay() >= 0.8 && s.layerDecay() <= 1);
  }

  @Test
  void shouldRepeatExactly_whenTheReportedValuesAreTyped() {
    Proposals proposals = proposals(9);
    for (int trial = 1; trial <= 50; trial++) {
      List<String> typed = new ArrayList<>();
      proposals
          .values(trial)
          .forEach((name, value) -> typed.add(name + "=" + Dimension.text(value)));
      Proposals again = proposals(1, typed.toArray(String[]::new));
      assertThat(again.settings(1).toBuilder().seed(9).build())
          .isEqualTo(proposals.settings(trial));
    }
  }

  @Test
  void shouldNotVaryTheEpochs_whenHalvingIsNotAskedTo() {
    SearchSettings search =
        SearchSettings.of(FIXED, SearchMethod.HALVING, 9, Duration.ofMinutes(1), List.of());
    assertThat(search.ranges()).extracting(SearchRange::name).doesNotContain("epochs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dropout|Range \"dropout\" cannot be read",
        "dropout=a..b|Range \"dropout=a..b\" cannot be read",
        "momentum=0..1|Setting momentum is not searched",
        "dropout=0.5..0.1|goes from 0.5 to 0.1",
        "dropout=0..2|dropout is 2.0; expected 0 to 0.99",
        "epochs=1.5..3|has fractions",
        "batch-size=0,8|batch size is 0; expected 1 to 4096",
      })
  void shouldSayWhatIsWrong_whenARangeCannotBeSearched(String text, String message) {
    assertThatThrownBy(() -> SearchRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
