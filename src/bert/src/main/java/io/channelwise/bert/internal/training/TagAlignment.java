package io.channelwise.bert.internal.training;

import io.channelwise.bert.SubWords;
import io.channelwise.bert.internal.text.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which token learns which tag where a word has several tokens. */
final class TagAlignment {
  private final Map<String, Integer> index;
  private final SubWords labelled;

  /**
   * Aligns tags.
   *
   * @param index number of each tag
   */
  TagAlignment(Map<String, Integer> index, SubWords labelled) {
    this.index = index;
    this.labelled = labelled;
  }

  /**
   * The tag of each token of an input, {@link Targets#NONE} where it does not count.
   *
   * @param tags of the words of the sentence
   */
  int[] of(TokenIds input, List<String> tags) {
    int[] result = new int[input.length()];
    Arrays.fill(result, Targets.NONE);
    int before = TokenIds.NO_WORD;
    for (int t = 0; t < result.length; t++) {
      int word = input.words()[t];
      if (word != TokenIds.NO_WORD) {
        if (word != before) {
          result[t] = index.get(tags.get(word));
        } else if (labelled == SubWords.ALL) {
          result[t] = index.get(inside(tags.get(word)));
        }
      }
      before = word;
    }
    return result;
  }

  /** What begins with the first token goes on in the next. */
  private static String inside(String tag) {
    return tag.startsWith("B-") ? "I-" + tag.substring(2) : tag;
  }
}
