package io.channelwise.bert.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.channelwise.bert.DatasetException;
import io.channelwise.bert.Task;
import io.channelwise.bert.TestModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairTest {
  private static final String SHORT = "Great dress";
  private static final String LONG = "I love this dress and wear it all of the time at home";

  /** The ids and types must be those that Hugging Face's tokenizer makes of the pair itself. */
  @ParameterizedTest
  @ValueSource(ints = {4, 7, 8, 11, 15, 64})
  void shouldEncodeAsHuggingFaceDoes_whenTwoTextsAreReadTogether(int maxLength) throws IOException {
    Path folder = TestModels.base("minilm");
    Map<String, String> options =
        Map.of("truncation", "longest_first", "maxLength", "" + maxLength, "padding", "false");
    try (TextEncoder encoder = new TextEncoder(folder);
        HuggingFaceTokenizer reference =
            HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"), options)) {
      for (List<String> pair :
          List.of(
              List.of(SHORT, LONG),
              List.of(LONG, SHORT),
              List.of(LONG, LONG + " too"),
              List.of("", LONG),
              List.of(LONG, ""))) {
        Inputs inputs = Inputs.of(Task.PAIR, List.of(pair), encoder, maxLength);
        TokenIds found = inputs.ids().get(0);
        Encoding expected = reference.encode(pair.get(0), pair.get(1));
        assertThat(found.ids()).as("%s", pair).containsExactly(ints(expected.getIds()));
        int[] types = ints(expected.getTypeIds());
        for (int i = 0; i < types.length; i++) {
          assertThat(i >= found.secondFrom() ? 1 : 0).isEqualTo(types[i]);
        }
        int whole = encoder.encodeTexts(List.of(pair), 512).ids().get(0).length();
        assertThat(inputs.longExamples()).isEqualTo(whole > maxLength ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"3,4,9,3,4", "3,20,9,3,6", "20,3,9,6,3", "20,20,9,4,5", "0,20,9,0,9", "5,6,9,4,5"})
  void shouldTakeFromTheLongerFirst_whenTheyDoNotFit(
      int first, int second, int budget, int keptFirst, int keptSecond) {
    assertThat(PairCut.of(first, second, budget)).isEqualTo(new PairCut(keptFirst, keptSecond));
  }

  @Test
  void shouldSayWhatTheTaskReads_whenAnExampleHasMore() {
    try (TextEncoder encoder = new TextEncoder(TestModels.base("minilm"))) {
      Assertions.assertThatThrownBy(
              () -> Inputs.of(Task.SEQUENCE, List.of(List.of("a", "b")), encoder, 8))
          .isInstanceOf(DatasetException.class)
          .hasMessage("Example 1 has 2 inputs; the task sequence takes one text.");
    }
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }
}
