package io.channelwise.bert.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * A model's answers to labelled examples, one by one, and their scores.
 *
 * @param evaluation the scores
 * @param answers one an example, in the order of the examples
 */
public record Judgement(Evaluation evaluation, List<Answer> answers) {
  public Judgement {
    answers = List.copyOf(answers);
  }

  /**
   * An answer beside the truth. Labels are in the model's order, tags in the order of the words.
   *
   * @param inputs of the example
   * @param truth its labels or tags
   * @param labels the answered labels or tags
   * @param score stated probability of the answer, 0..1: of the label; of several labels, that all
   *     these and no others are right; of tags, that of the least sure word
   */
  public record Answer(List<String> inputs, List<String> truth, List<String> labels, double score) {
    public Answer {
      inputs = List.copyOf(inputs);
      truth = List.copyOf(truth);
      labels = List.copyOf(labels);
    }

    /** An answer with one label to one text. */
    public Answer(String text, String truth, String label, double score) {
      this(List.of(text), List.of(truth), List.of(label), score);
    }

    /** Whether the whole answer is the truth. */
    public boolean right() {
      return truth.equals(labels);
    }

    /** The inputs as one line. */
    public String text() {
      return String.join(" ", inputs);
    }
  }

  /** The wrong answers with the highest stated probability, highest first: often wrong labels. */
  public List<Answer> confidentErrors(int limit) {
    return answers.stream()
        .filter(answer -> !answer.right())
        .sorted(Comparator.comparingDouble(Answer::score).reversed())
        .limit(limit)
        .toList();
  }
}
