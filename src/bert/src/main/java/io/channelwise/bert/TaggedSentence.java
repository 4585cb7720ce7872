package io.channelwise.bert;

import io.channelwise.bert.internal.report.Entities;
import io.channelwise.bert.internal.text.Words;
import java.util.List;

/**
 * The tags of a sentence.
 *
 * @param words as given
 * @param tags one a word, in IOB2
 * @param scores probability of each tag, 0..1
 */
public record TaggedSentence(List<String> words, List<String> tags, List<Double> scores) {
  public TaggedSentence {
    words = List.copyOf(words);
    tags = List.copyOf(tags);
    scores = List.copyOf(scores);
  }

  /**
   * Words that name something together.
   *
   * @param kind such as {@code PER}
   * @param text its words; with blanks between, except Chinese
   * @param first index of its first word
   * @param last index of its last word
   * @param score probability of the least sure of its tags, 0..1
   */
  public record Entity(String kind, String text, int first, int last, double score) {}

  /** The entities, in order. */
  public List<Entity> entities() {
    return Entities.of(tags).stream()
        .map(
            entity ->
                new Entity(
                    entity.kind(),
                    Words.join(words.subList(entity.first(), entity.last() + 1)),
                    entity.first(),
                    entity.last(),
                    lowest(entity.first(), entity.last())))
        .toList();
  }

  private double lowest(int first, int last) {
    return scores.subList(first, last + 1).stream().mapToDouble(s -> s).min().orElseThrow();
  }
}
