package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.SearchMethod;
import io.channelwise.bert.search.Trial;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a search does next. Knows no clock: it depends on the trials alone. */
public interface Plan {

  /**
   * The next piece of work.
   *
   * @param trial number of the trial, from 1
   * @param epochs how many of the trial's epochs are to be done after it
   */
  record Job(int trial, int epochs) {}

  /**
   * What to do next; empty when all is done.
   *
   * @param trials all of them, by number
   */
  Optional<Job> next(List<Trial> trials);

  /** Trials that never go on, by number, in the state {@code DROPPED}. */
  List<Trial> withDropped(List<Trial> trials);

  /** The plan of a method. */
  static Plan of(SearchMethod method, List<Trial> trials, int reduction) {
    return switch (method) {
      case RANDOM -> new RandomPlan();
      case HALVING -> HalvingPlan.of(trials, reduction);
    };
  }

  /** Highest score first, the earlier trial first among equals. */
  static Comparator<Trial> bestFirst() {
    return Comparator.comparingDouble(Trial::score).reversed().thenComparingInt(Trial::number);
  }

  /** The answer of a search: the best finished trial. */
  static Optional<Trial> best(List<Trial> trials) {
    return trials.stream().filter(t -> t.state() == Trial.State.FINISHED).min(bestFirst());
  }

  /** The trial to finish when the time is over and none is: the best of those that have a score. */
  static Optional<Trial> leader(List<Trial> trials) {
    return trials.stream().filter(t -> t.state() == Trial.State.PAUSED).min(bestFirst());
  }
}
