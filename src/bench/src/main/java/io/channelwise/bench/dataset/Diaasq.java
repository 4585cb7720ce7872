package io.channelwise.bench.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.bench.BenchContext;
import io.channelwise.bert.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opinions in Chinese talk about phones (DiaASQ, Li et al. 2023), the official split. One example
 * an opinion: the sentence it stands in, with what it is about (target and aspect), and its
 * polarity: {@code pos}, {@code neg} or {@code other}, the three classes of the paper's own code.
 * Tuples without an opinion are left out; the words of the opinion are not given away.
 */
public final class Diaasq {
  private static final String SOURCE = "https://github.com/unikcc/DiaASQ";
  private static final ObjectMapper JSON = new ObjectMapper();

  // Fields of a tuple: target, aspect and opinion as from-to positions, then polarity and words.
  private static final int OPINION_FROM = 4;
  private static final int POLARITY = 6;
  private static final int TARGET = 7;
  private static final int ASPECT = 8;

  private Diaasq() {}

  /** Pairs: the sentence, and what the opinion is about. */
  public static Split read(BenchContext context) {
    return new Split(
        part(context.data("diaasq-zh/train.json", SOURCE)),
        part(context.data("diaasq-zh/valid.json", SOURCE)),
        part(context.data("diaasq-zh/test.json", SOURCE)));
  }

  static List<Example> part(Path file) {
    List<Example> examples = new ArrayList<>();
    try {
      for (JsonNode dialogue : JSON.readTree(file.toFile())) {
        for (JsonNode tuple : dialogue.get("triplets")) {
          if (tuple.get(OPINION_FROM).asInt() >= 0) {
            examples.add(example(dialogue, tuple));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("File " + file + " is no readable JSON", e);
    }
    return examples;
  }

  private static Example example(JsonNode dialogue, JsonNode tuple) {
    int sentence = dialogue.get("sentence_ids").get(tuple.get(OPINION_FROM).asInt()).asInt();
    String text = dialogue.get("sentences").get(sentence).asText().replace(" ", "");
    String about = (tuple.get(TARGET).asText() + " " + tuple.get(ASPECT).asText()).strip();
    String polarity = tuple.get(POLARITY).asText();
    boolean clear = polarity.equals("pos") || polarity.equals("neg");
    return Example.pair(text, about.isEmpty() ? "-" : about, clear ? polarity : "other");
  }
}
