package io.channelwise.bert.internal.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.channelwise.bert.internal.text.Inputs;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probabilities by hand; a logit is their logarithm. */
class TagAnswersTest {
  private static final List<String> TAGS = List.of("O", "B-A", "I-A", "B-B", "I-B");

  @Test
  void shouldGiveTheLikeliestValidTags_whenTheLikeliestAloneAreNot() {
    // Word by word O I-A would win, which is no IOB2. O O has 0.5 * 0.3, B-A I-A 0.4 * 0.6.
    float[] logits =
        logits(new double[] {.5, .4, .05, .03, .02}, new double[] {.3, .05, .6, .03, .02});
    TagAnswers.Sentence answer = answer(new int[] {-1, 0, 1, -1}, 2, logits);
    assertThat(answer.tags()).containsExactly("B-A", "I-A");
    assertThat(answer.scores().get(0)).isCloseTo(0.4, within(1e-6));
    assertThat(answer.scores().get(1)).isCloseTo(0.6, within(1e-6));
  }

  @Test
  void shouldGoByTheFirstTokenOfAWord_whenItHasSeveral() {
    float[] logits =
        logits(new double[] {.1, .8, .05, .03, .02}, new double[] {.9, .02, .02, .03, .03});
    assertThat(answer(new int[] {-1, 0, 0, -1}, 1, logits).tags()).containsExactly("B-A");
  }

  @Test
  void shouldCallAWordOutside_whenTheTokenizerLeavesNothingOfIt() {
    float[] logits =
        logits(new double[] {.1, .8, .05, .03, .02}, new double[] {.1, .1, .7, .05, .05});
    TagAnswers.Sentence answer = answer(new int[] {-1, 0, 2, -1}, 3, logits);
    assertThat(answer.tags().get(1)).isEqualTo("O");
    assertThat(answer.tags().get(2)).isNotEqualTo("I-A");
  }

  @Test
  void shouldTakeEveryTagAnywhere_whenAModelHasNoBeginnings() {
    // As the models trained on CoNLL-2003 in IOB1.
    List<String> tags = List.of("O", "I-A");
    TokenIds ids = new TokenIds(new int[] {1, 5, 2}, 3, new int[] {-1, 0, -1});
    float[] logits = {0, 0, 0, 3, 0, 0};
    assertThat(
            new TagAnswers(tags)
                .of(
                    new Inputs(List.of(ids), new int[] {0}, 1, 0),
                    new int[] {1},
                    new float[][] {logits})
                .get(0)
                .tags())
        .containsExactly("I-A");
  }

  private static TagAnswers.Sentence answer(int[] words, int count, float[] logits) {
    TokenIds ids = new TokenIds(new int[words.length], words.length, words);
    Inputs inputs = new Inputs(List.of(ids), new int[] {0}, 1, 0);
    return new TagAnswers(TAGS).of(inputs, new int[] {count}, new float[][] {logits}).get(0);
  }

  /** Of two tokens between two markers. */
  private static float[] logits(double[] first, double[] second) {
    float[] result = new float[4 * TAGS.size()];
    for (int c = 0; c < TAGS.size(); c++) {
      result[TAGS.size() + c] = (float) Math.log(first[c]);
      result[2 * TAGS.size() + c] = (float) Math.log(second[c]);
    }
    return result;
  }
}
