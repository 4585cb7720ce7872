package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.Trial;
import java.util.List;
import java.util.Optional;

/**
 * Trains every trial to its end, in order (Bergstra and Bengio 2012, <a
 * href="https://jmlr.org/papers/v13/bergstra12a.html">JMLR 13</a>).
 */
record RandomPlan() implements Plan {

  @Override
  public Optional<Job> next(List<Trial> trials) {
    return trials.stream()
        .filter(trial -> !trial.ended())
        .findFirst()
        .map(trial -> new Job(trial.number(), trial.epochs()));
  }

  @Override
  public List<Trial> withDropped(List<Trial> trials) {
    return trials;
  }
}
