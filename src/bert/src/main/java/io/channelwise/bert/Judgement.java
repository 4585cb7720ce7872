package io.channelwise.bert;

import java.util.Comparator;
import java.util.List;

/**
 * A classifier's answers to labelled texts, one by one, and their scores.
 *
 * @param evaluation the scores
 * @param answers one a text, in the order of the texts
 */
public record Judgement(Evaluation evaluation, List<Answer> answers) {
  public Judgement {
    answers = List.copyOf(answers);
  }

  /**
   * An answer beside the truth.
   *
   * @param score stated probability of the answer, 0..1
   */
  public record Answer(String text, String truth, String label, double score) {
    /** Whether the answer is the truth. */
    public boolean right() {
      return truth.equals(label);
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
