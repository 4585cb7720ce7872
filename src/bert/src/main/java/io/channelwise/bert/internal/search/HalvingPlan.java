package io.channelwise.bert.internal.search;

import io.channelwise.bert.search.Trial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Successive halving (Jamieson and Talwalkar 2016, <a
 * href="https://arxiv.org/abs/1502.07943">1502.07943</a>): all trials are trained to the first
 * rung, the best share of them to the second, and so on; the last rung is the whole training.
 *
 * <p>A trial has one learning-rate schedule from start to end and pauses at the rungs, so that what
 * goes on is what was judged, to the bit. Trials that ask for fewer epochs than a rung has are
 * judged by their end there. A trial that diverges later loses its place at the earlier rungs too,
 * and the best of those dropped there takes it.
 *
 * @param rungs epochs at each rung, rising
 * @param reduction one of so many trials goes on
 */
record HalvingPlan(List<Integer> rungs, int reduction) implements Plan {

  /** As many rungs as the number of trials and the longest training allow. */
  static HalvingPlan of(List<Trial> trials, int reduction) {
    int longest = trials.stream().mapToInt(Trial::epochs).max().orElseThrow();
    List<Integer> rungs = new ArrayList<>();
    int divisor = 1;
    for (int left = trials.size(); left >= 1; left /= reduction) {
      int epochs = (longest + divisor - 1) / divisor;
      if (rungs.isEmpty() || epochs < rungs.get(rungs.size() - 1)) {
        rungs.add(epochs);
      }
      divisor *= reduction;
    }
    Collections.reverse(rungs);
    return new HalvingPlan(List.copyOf(rungs), reduction);
  }

  @Override
  public Optional<Job> next(List<Trial> trials) {
    List<Trial> alive = trials;
    for (int rung : rungs) {
      for (Trial trial : alive) {
        if (!isAt(trial, rung)) {
          return Optional.of(new Job(trial.number(), Math.min(rung, trial.epochs())));
        }
      }
      alive = survivors(alive, rung);
    }
    return Optional.empty();
  }

  @Override
  public List<Trial> withDropped(List<Trial> trials) {
    List<Trial> alive = trials;
    for (int rung : rungs) {
      if (!alive.stream().allMatch(trial -> isAt(trial, rung))) {
        break;
      }
      alive = survivors(alive, rung);
    }
    List<Trial> kept = alive;
    return trials.stream()
        .map(t -> kept.contains(t) || t.ended() ? t : t.in(Trial.State.DROPPED))
        .toList();
  }

  /** The best first: when the time ends inside a rung, they are done. */
  private List<Trial> survivors(List<Trial> alive, int rung) {
    return alive.stream()
        .sorted(
            Comparator.comparingDouble((Trial trial) -> scoreAt(trial, rung))
                .reversed()
                .thenComparingInt(Trial::number))
        .limit(Math.max(1, alive.size() / reduction))
        .filter(trial -> trial.state() != Trial.State.DIVERGED)
        .toList();
  }

  private static boolean isAt(Trial trial, int rung) {
    return trial.ended() || trial.scores().size() >= Math.min(rung, trial.epochs());
  }

  private static double scoreAt(Trial trial, int rung) {
    if (trial.state() == Trial.State.DIVERGED) {
      return Double.NEGATIVE_INFINITY;
    }
    return trial.scores().get(Math.min(rung, trial.scores().size()) - 1);
  }
}
