package io.channelwise.launcher.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.bert.training.StepReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final StringWriter said = new StringWriter();
  private final PrintWriter out = new PrintWriter(said);
  private final AtomicLong nanos = new AtomicLong();

  private List<String> lines() {
    return said.toString().lines().toList();
  }

  private void step(TrainingProgress progress, long step, long steps, int seconds) {
    nanos.addAndGet(seconds * 1_000_000_000L);
    progress.onStep(new StepReport(step, steps, 1, 1, 0.5, 1e-4, 1, 10, 10));
  }

  @Test
  void shouldCountFromWhereItResumes() {
    try (TrainingProgress progress = new TrainingProgress(out, false, nanos::get)) {
      step(progress, 8, 12, 100);
      step(progress, 9, 12, 2);
      step(progress, 10, 12, 2);
    }
    assertThat(lines().get(0)).endsWith("unknown time left");
    assertThat(lines().get(2)).startsWith("step 10 of 12").endsWith("0:00:04 left");
  }

  @Test
  void shouldBeginAnew_whenAnotherTrainingFollows() {
    try (TrainingProgress progress = new TrainingProgress(out, false, nanos::get)) {
      step(progress, 1, 4, 0);
      step(progress, 2, 4, 100);
      step(progress, 3, 4, 100);
      step(progress, 4, 4, 100);
      step(progress, 1, 4, 100);
      step(progress, 2, 4, 1);
    }
    assertThat(lines().get(1)).endsWith("0:03:20 left");
    assertThat(lines().get(4)).startsWith("step 1 of 4").endsWith("unknown time left");
    assertThat(lines().get(5)).startsWith("step 2 of 4").endsWith("0:00:02 left");
  }

  @Test
  void shouldTellLongAnswersNowAndThen() {
    try (WorkProgress progress =
        new WorkProgress(out, "evaluation", "answers", false, nanos::get)) {
      for (int done = 100; done <= 1000; done += 100) {
        nanos.addAndGet(2_000_000_000L);
        progress.onAnswered(done, 1000);
      }
    }
    assertThat(lines())
        .containsExactly(
            "evaluation: 300 of 1000, 0:00:14 left",
            "evaluation: 600 of 1000, 0:00:08 left",
            "evaluation: 900 of 1000, 0:00:02 left");
  }

  @Test
  void shouldNameTheUnit_whereItIsNotAnswers() {
    try (WorkProgress progress = new WorkProgress(out, "reading", "MB", false, nanos::get)) {
      nanos.addAndGet(6_000_000_000L);
      progress.at(30, 90);
      progress.at(90, 90);
    }
    assertThat(lines()).containsExactly("reading: 30 of 90 MB, 0:00:12 left");
  }
}
