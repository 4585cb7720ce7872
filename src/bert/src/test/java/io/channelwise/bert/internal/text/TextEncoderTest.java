package io.channelwise.bert.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.ModelFormatException;
import io.channelwise.bert.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {
  private static final List<String> TEXTS =
      List.of(
          "Where is my CARD?",
          "Déjà vu: naïve façade — isn't it?",
          "",
          "unbelievabilities & antidisestablishmentarianism 12.50€",
          "价格太高了，API 调用经常超时。",
          "tab\tand\nline 😀 [MASK] here");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"minilm", "bge-small-zh"})
  void shouldGiveTheSameIds_whenThereIsOnlyAVocabulary(String name) throws IOException {
    Path whole = TestModels.base(name);
    Files.writeString(folder.resolve("vocab.txt"), vocabulary(whole));
    Files.copy(whole.resolve("tokenizer_config.json"), folder.resolve("tokenizer_config.json"));

    try (TextEncoder expected = new TextEncoder(whole);
        TextEncoder found = new TextEncoder(folder)) {
      assertThat(found.encode(TEXTS, 64).ids())
          .usingRecursiveComparison()
          .isEqualTo(expected.encode(TEXTS, 64).ids());
    }
  }

  @Test
  void shouldKeepCapitals_whenTheSettingsSaySo() throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\nCard\ncard\n");
    Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\":false}");

    try (TextEncoder encoder = new TextEncoder(folder)) {
      assertThat(encoder.encode(List.of("Card card CARD"), 9).ids().get(0).ids())
          .containsExactly(2, 4, 5, 1, 3);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[PAD],[UNK],[CLS] | is no BERT vocabulary: it lacks [SEP]",
        "[PAD],[UNK],[CLS],[SEP],a,a | the word piece \"a\" in lines 5 and 6"
      })
  void shouldRefuseAVocabulary_whenItIsNoBerts(String pieces, String message) throws IOException {
    Files.writeString(folder.resolve("vocab.txt"), pieces.replace(',', '\n'));
    assertThatThrownBy(() -> new TextEncoder(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldNameBothFiles_whenThereIsNoTokenizer() throws IOException {
    assertThatThrownBy(() -> new TextEncoder(folder))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("neither tokenizer.json nor vocab.txt");
    Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThatThrownBy(() -> new TextEncoder(folder)).isInstanceOf(ModelFormatException.class);
  }

  private static String vocabulary(Path model) throws IOException {
    JsonNode vocabulary =
        new ObjectMapper()
            .readTree(model.resolve("tokenizer.json").toFile())
            .path("model")
            .path("vocab");
    TreeMap<Integer, String> pieces = new TreeMap<>();
    vocabulary.fields().forEachRemaining(e -> pieces.put(e.getValue().asInt(), e.getKey()));
    assertThat(pieces.lastKey()).isEqualTo(pieces.size() - 1);
    return String.join("\n", pieces.values()) + "\n";
  }
}
