package io.channelwise.bench.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bench.baseline.TfIdf.Units;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected weights are those of scikit-learn 1.2.1's TfidfVectorizer(sublinear_tf=True). */
class TfIdfTest {

  @Test
  void shouldWeighWordsAsScikitLearn() {
    TfIdf vectors =
        TfIdf.fit(
            List.of("My card, my card is late", "Is the card lost?", "a refund"), Units.WORDS);

    assertWeights(
        vectors.weights("Card card is NEW"),
        Map.of("card", 0.715763, "is", 0.422741, "card is", 0.555854));
  }

  @Test
  void shouldWeighCharactersAsScikitLearn() {
    TfIdf vectors = TfIdf.fit(List.of("屏幕很好", "屏幕  差", "电池很差"), Units.CHARACTERS);

    assertWeights(
        vectors.weights("很好很差"),
        Map.of("很", 0.562713, "好", 0.436997, "很好", 0.436997, "差", 0.332347, "很差", 0.436997));
  }

  @Test
  void shouldGiveNothingForATextOfUnknownWords() {
    TfIdf vectors = TfIdf.fit(List.of("one two", "two three"), Units.WORDS);

    assertThat(vectors.weights("four")).isEmpty();
  }

  private static void assertWeights(Map<String, Double> found, Map<String, Double> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((gram, weight) -> assertThat(found.get(gram)).isCloseTo(weight, within(1e-6)));
  }
}
