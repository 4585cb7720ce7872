package io.channelwise.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bert.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Texts of words that are one token each, so that every text fills a batch to its length. */
final class FullTexts {
  /** About as many as a data set of some thousand short texts uses. */
  static final int WORDS = 2_500;

  private static final Pattern WORD = Pattern.compile("[a-z]{3,}|\\p{IsHan}");

  private FullTexts() {}

  /**
   * Draws examples.
   *
   * @param base Hugging Face directory with a {@code tokenizer.json} of WordPiece
   * @param tokens of a text, its two markers counted
   */
  static List<Example> draw(Path base, int texts, int tokens, int classes, long seed) {
    List<String> words = words(base);
    Random random = new Random(seed);
    List<Example> examples = new ArrayList<>(texts);
    for (int i = 0; i < texts; i++) {
      StringBuilder text = new StringBuilder();
      for (int t = 0; t < tokens - 2; t++) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      examples.add(new Example(text.toString().strip(), "class " + i % classes));
    }
    return examples;
  }

  private static List<String> words(Path base) {
    JsonNode vocabulary;
    try {
      vocabulary =
          new ObjectMapper().readTree(base.resolve("tokenizer.json").toFile()).at("/model/vocab");
    } catch (IOException e) {
      throw new UncheckedIOException("The tokenizer of " + base + " cannot be read", e);
    }
    List<String> words = new ArrayList<>();
    vocabulary
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (words.size() < WORDS && WORD.matcher(name).matches()) {
                words.add(name);
              }
            });
    return words;
  }
}
