package io.channelwise.bert.search;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One set of hyperparameters of a search and how far its training came.
 *
 * @param number from 1, in the order of proposal
 * @param values the searched settings by name
 * @param state how far it came
 * @param epochs epochs of its whole training
 * @param scores on the evaluation examples after each epoch done, 0..1
 * @param score of the finished model, of the last epoch done otherwise; NaN before the first
 * @param seconds spent on it, over all sessions
 * @param tokens trained on, without padding
 */
public record Trial(
    int number,
    Map<String, Double> values,
    State state,
    int epochs,
    List<Double> scores,
    double score,
    double seconds,
    long tokens) {

  /** How far a trial came. */
  public enum State {
    /** No epoch is done. */
    WAITING,
    /** Stopped at a rung or by the end of the time; a checkpoint is kept. */
    PAUSED,
    /** Not among the best of its rung. */
    DROPPED,
    /** Trained to its end. */
    FINISHED,
    /** Its loss ran away. */
    DIVERGED
  }

  public Trial {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    scores = List.copyOf(scores);
  }

  /** A trial that has not begun. */
  public static Trial waiting(int number, Map<String, Double> values, int epochs) {
    return new Trial(number, values, State.WAITING, epochs, List.of(), Double.NaN, 0, 0);
  }

  /** The same trial in another state. */
  public Trial in(State other) {
    return new Trial(number, values, other, epochs, scores, score, seconds, tokens);
  }

  /** The same trial after more epochs, or a part of one. */
  public Trial after(List<Double> moreScores, double moreSeconds, long moreTokens) {
    List<Double> all = new ArrayList<>(scores);
    all.addAll(moreScores);
    return new Trial(
        number,
        values,
        all.isEmpty() ? State.WAITING : State.PAUSED,
        epochs,
        all,
        all.isEmpty() ? Double.NaN : all.get(all.size() - 1),
        seconds + moreSeconds,
        tokens + moreTokens);
  }

  /** The same trial with a model of that score. */
  public Trial finished(double modelScore) {
    return new Trial(number, values, State.FINISHED, epochs, scores, modelScore, seconds, tokens);
  }

  /** Whether nothing is left to train. */
  public boolean ended() {
    return state == State.FINISHED || state == State.DIVERGED;
  }
}
