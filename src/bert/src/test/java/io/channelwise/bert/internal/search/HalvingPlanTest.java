package io.channelwise.bert.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.search.Trial;
import io.channelwise.bert.search.Trial.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HalvingPlanTest {

  private static List<Trial> trials(int... epochs) {
    List<Trial> result = new ArrayList<>();
    for (int count : epochs) {
      result.add(Trial.waiting(result.size() + 1, Map.of(), count));
    }
    return result;
  }

  private static List<Trial> nine() {
    return trials(9, 9, 9, 9, 9, 9, 9, 9, 9);
  }

  @Test
  void shouldPutRungsAThirdApart_whenNineTrialsOfNineEpochs() {
    assertThat(HalvingPlan.of(nine(), 3).rungs()).containsExactly(1, 3, 9);
    // Five epochs: 5, a third of it and a ninth, rounded up.
    assertThat(HalvingPlan.of(trials(5, 5, 5, 5, 5, 5, 5, 5, 5), 3).rungs())
        .containsExactly(1, 2, 5);
    // Three trials: one reduction. Two epochs: no rung below one.
    assertThat(HalvingPlan.of(trials(9, 9, 9), 3).rungs()).containsExactly(3, 9);
    assertThat(HalvingPlan.of(trials(2, 2, 2, 2, 2, 2, 2, 2, 2), 3).rungs()).containsExactly(1, 2);
    assertThat(HalvingPlan.of(trials(4), 3).rungs()).containsExactly(4);
  }

  @Test
  void shouldTrainTheBestThirdOfARungFurther_andTheBestFirst() {
    // Scores of a trial after each epoch: its number's place in this list, and a little more later.
    double[] start = {0.3, 0.9, 0.1, 0.5, 0.7, 0.2, 0.8, 0.4, 0.6};
    List<Trial> trials = new ArrayList<>(nine());
    Plan plan = HalvingPlan.of(trials, 3);
    List<String> jobs = new ArrayList<>();
    for (Optional<Plan.Job> job = plan.next(trials); job.isPresent(); job = plan.next(trials)) {
      Trial trial = trials.get(job.get().trial() - 1);
      jobs.add(job.get().trial() + ":" + job.get().epochs());
      List<Double> scores = new ArrayList<>();
      for (int e = trial.scores().size(); e < job.get().epochs(); e++) {
        scores.add(start[trial.number() - 1] + e / 1000.0);
      }
      Trial after = trial.after(scores, 1, 10);
      boolean done = job.get().epochs() == trial.epochs();
      trials.set(trial.number() - 1, done ? after.finished(after.score()) : after);
      trials = new ArrayList<>(plan.withDropped(trials));
    }

    // By hand: rung 1 all nine; 0.9, 0.8, 0.7 are trials 2, 7, 5; of these the best goes to nine.
    assertThat(jobs)
        .containsExactly(
            "1:1", "2:1", "3:1", "4:1", "5:1", "6:1", "7:1", "8:1", "9:1", "2:3", "7:3", "5:3",
            "2:9");
    assertThat(trials).extracting(Trial::state).containsOnlyOnce(State.FINISHED);
    assertThat(trials).filteredOn(t -> t.state() == State.DROPPED).hasSize(8);
    assertThat(Plan.best(trials)).get().extracting(Trial::number).isEqualTo(2);
  }

  @Test
  void shouldJudgeAShortTrainingByItsEnd_andForgetDivergedOnes() {
    Map<Integer, Trial> changed = new HashMap<>();
    List<Trial> trials = trials(9, 2, 9);
    Plan plan = HalvingPlan.of(trials, 3);
    // At the rung of three epochs the second trial has ended after two.
    changed.put(0, trials.get(0).after(List.of(0.1, 0.2, 0.3), 3, 30));
    changed.put(1, trials.get(1).after(List.of(0.5, 0.6), 2, 20).finished(0.6));
    changed.put(2, trials.get(2).after(List.of(0.9), 1, 10).in(State.DIVERGED));
    List<Trial> after = List.of(changed.get(0), changed.get(1), changed.get(2));

    // The best of three is the short one, which has ended: nothing is left.
    assertThat(plan.next(after)).isEmpty();
    assertThat(plan.withDropped(after))
        .extracting(Trial::state)
        .containsExactly(State.DROPPED, State.FINISHED, State.DIVERGED);
  }

  @Test
  void shouldTakeTheBestDroppedAgain_whenAllThatWentOnDiverge() {
    Plan plan = HalvingPlan.of(nine(), 3);
    List<Trial> trials = new ArrayList<>();
    for (Trial trial : nine()) {
      trials.add(trial.after(List.of(trial.number() / 10.0), 1, 10));
    }
    trials = new ArrayList<>(plan.withDropped(trials));
    for (int number : List.of(9, 8, 7)) {
      trials.set(number - 1, trials.get(number - 1).in(State.DIVERGED));
    }

    // Trials 6, 5 and 4 were the best of those that stopped at the first rung.
    assertThat(plan.next(trials)).contains(new Plan.Job(6, 3));
    // Stopped on its way, it is still the one that goes on.
    trials.set(5, trials.get(5).after(List.of(0.1), 1, 10));
    assertThat(plan.withDropped(trials)).filteredOn(t -> t.state() == State.PAUSED).hasSize(1);
    assertThat(plan.next(trials)).contains(new Plan.Job(6, 3));
    trials.set(5, trials.get(5).in(State.DIVERGED));
    assertThat(plan.next(trials)).contains(new Plan.Job(5, 3));
    trials.replaceAll(trial -> trial.in(State.DIVERGED));
    assertThat(plan.next(trials)).isEmpty();
  }

  @Test
  void shouldTakeTheEarlierTrial_whenScoresAreEqual() {
    List<Trial> trials =
        trials(1, 1, 1).stream().map(t -> t.after(List.of(0.5), 1, 1).finished(0.5)).toList();
    assertThat(Plan.best(trials)).get().extracting(Trial::number).isEqualTo(1);
    assertThat(Plan.best(trials(3, 3))).isEmpty();
  }
}
