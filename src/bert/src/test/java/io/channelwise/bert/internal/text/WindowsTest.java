package io.channelwise.bert.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowsTest {

  @Test
  void shouldKeepASentenceWhole_whenItFits() {
    TokenIds input = new Windows(1, 2, 8).of(words(1, 2, 1)).get(0);
    assertThat(input.ids()).containsExactly(1, 100, 110, 111, 120, 2);
    assertThat(input.words()).containsExactly(-1, 0, 1, 1, 2, -1);
    assertThat(input.isPair()).isFalse();
  }

  @Test
  void shouldOverlapAndCountEachWordOnce_whenTheSentenceIsLong() {
    // Budget 8, overlap up to 2: words 0-7, 6-13, 12-13 would be empty: 12 words end in two.
    List<TokenIds> inputs = new Windows(1, 2, 10).of(words(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
    assertThat(inputs).hasSize(2);
    assertThat(inputs.get(0).words()).containsExactly(-1, 0, 1, 2, 3, 4, 5, 6, -1, -1);
    assertThat(inputs.get(1).words()).containsExactly(-1, -1, 7, 8, 9, 10, 11, -1);
    assertThat(inputs.get(0).read()).containsExactly(-1, 0, 1, 2, 3, 4, 5, 6, 7, -1);
    assertThat(inputs.get(1).read()).containsExactly(-1, 6, 7, 8, 9, 10, 11, -1);
  }

  @Test
  void shouldCutAWord_whenItAloneIsLongerThanAWindow() {
    List<TokenIds> inputs = new Windows(1, 2, 6).of(words(1, 9, 1));
    assertThat(owned(inputs)).containsExactly(0, 1, 2);
    assertThat(inputs).allMatch(input -> input.length() <= 6);
  }

  @Test
  void shouldLoseNoWordAndRepeatNone_whateverTheirSizes() {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      int[] sizes =
          IntStream.range(0, 1 + random.nextInt(60)).map(i -> random.nextInt(9)).toArray();
      List<TokenIds> inputs = new Windows(1, 2, 4 + random.nextInt(20)).of(words(sizes));
      int[] readable = IntStream.range(0, sizes.length).filter(i -> sizes[i] > 0).toArray();
      assertThat(owned(inputs)).as(Arrays.toString(sizes)).containsExactly(readable);
    }
  }

  /** The words that count, in order; one counted in two windows would appear twice. */
  private static int[] owned(List<TokenIds> inputs) {
    return inputs.stream()
        .flatMapToInt(input -> Arrays.stream(input.words()).filter(w -> w >= 0).distinct())
        .toArray();
  }

  private static List<int[]> words(int... sizes) {
    List<int[]> words = new ArrayList<>();
    for (int w = 0; w < sizes.length; w++) {
      int first = 100 + 10 * w;
      words.add(IntStream.range(first, first + sizes[w]).toArray());
    }
    return words;
  }
}
