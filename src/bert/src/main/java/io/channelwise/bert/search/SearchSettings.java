package io.channelwise.bert.search;

import io.channelwise.bert.Task;
import io.channelwise.bert.evaluation.Evaluation;
import io.channelwise.bert.internal.search.Dimension;
import io.channelwise.bert.training.TrainingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a hyperparameter search tries and for how long.
 *
 * @param fixed everything that is not searched; its seed decides the proposals, too
 * @param method how the time is spent
 * @param trials how many sets of hyperparameters are proposed, 1 to 10000
 * @param budget time of all trainings together, over all sessions; when it is over, what runs is
 *     stopped, unless nothing is finished yet
 * @param ranges one for each searched setting, see {@link #of}
 * @param metric what the evaluation examples are scored by
 * @param reduction with halving, one of so many trials goes on at a rung; 2 to 10
 */
public record SearchSettings(
    TrainingSettings fixed,
    SearchMethod method,
    int trials,
    Duration budget,
    List<SearchRange> ranges,
    Metric metric,
    int reduction) {

  /** What is maximised. */
  public enum Metric {
    ACCURACY("accuracy"),
    MICRO_F1("micro-f1"),
    MACRO_F1("macro-f1");

    private final String key;

    Metric(String key) {
      this.key = key;
    }

    /** The one by which models of a task are preferred, as {@link Evaluation#selectionScore()}. */
    public static Metric of(Task task) {
      return switch (task) {
        case SEQUENCE, PAIR -> MACRO_F1;
        case MULTI_LABEL, TOKENS -> MICRO_F1;
      };
    }

    /** How the command line names it. */
    public String key() {
      return key;
    }
  }

  public SearchSettings {
    ranges = List.copyOf(ranges);
    require("trials", trials, 1, 10_000);
    require("reduction", reduction, 2, 10);
    if (budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException("budget is " + budget + "; expected a time above zero.");
    }
    long names = ranges.stream().map(SearchRange::name).distinct().count();
    if (names < ranges.size()) {
      throw new IllegalArgumentException(
          "ranges name a setting twice: %s; give one range a setting.".formatted(ranges));
    }
  }

  /**
   * A search with the usual ranges, where no other is given, for the usual figure of the task.
   * Halving does not vary the number of epochs unless it is asked to: at an early rung a short
   * training has already ended, which flatters it.
   */
  public static SearchSettings of(
      TrainingSettings fixed,
      SearchMethod method,
      int trials,
      Duration budget,
      List<SearchRange> given) {
    List<SearchRange> ranges = new ArrayList<>(given);
    for (Dimension dimension : Dimension.values()) {
      boolean named = given.stream().anyMatch(range -> range.name().equals(dimension.key()));
      if (!named && !(dimension == Dimension.EPOCHS && method == SearchMethod.HALVING)) {
        ranges.add(dimension.usualRange());
      }
    }
    Metric usual = Metric.of(fixed.task());
    return new SearchSettings(fixed, method, trials, budget, ranges, usual, 3);
  }

  /** The same search for another metric. */
  public SearchSettings by(Metric other) {
    return new SearchSettings(fixed, method, trials, budget, ranges, other, reduction);
  }

  private static void require(String what, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s is %d; expected %d to %d.".formatted(what, value, low, high));
    }
  }
}
