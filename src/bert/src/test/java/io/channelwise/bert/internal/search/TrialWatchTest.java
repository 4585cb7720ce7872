package io.channelwise.bert.internal.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.search.SearchSettings.Metric;
import io.channelwise.bert.training.EpochReport;
import io.channelwise.bert.training.TrainingListener;
import org.junit.jupiter.api.Test;

class TrialWatchTest {

  /** The listener is asked while a model is judged and written, too. */
  @Test
  void shouldLetATrialEnd_whenItHasAllItsEpochs() {
    boolean[] over = {false};
    TrialWatch watch = watch(2, 3, over);
    assertThat(watch.isCancelled()).isFalse();
    over[0] = true;
    assertThat(watch.isCancelled()).isTrue();

    watch = watch(2, 3, over);
    watch.onEpoch(new EpochReport(3, 3, 0.5, 0.9, 0.9, 0.9));
    assertThat(watch.isCancelled()).isFalse();
    assertThat(watch.stopped()).isFalse();
  }

  @Test
  void shouldStopAtItsRung_whenThereIsMoreToTrain() {
    TrialWatch watch = watch(0, 1, new boolean[] {false});
    assertThat(watch.isCancelled()).isFalse();
    watch.onEpoch(new EpochReport(1, 3, 0.5, 0.9, 0.9, 0.9));
    assertThat(watch.isCancelled()).isTrue();
    assertThat(watch.stopped()).isTrue();
  }

  private static TrialWatch watch(int done, int wanted, boolean[] timeIsOver) {
    return new TrialWatch(
        TrainingListener.NONE, Metric.ACCURACY, done, wanted, 3, () -> timeIsOver[0], w -> {});
  }
}
