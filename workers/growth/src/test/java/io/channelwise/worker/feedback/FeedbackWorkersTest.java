package io.channelwise.worker.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.support.TestDomain;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.support.OneTask;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every worker runs twice: a task may be delivered again after its effect was committed. */
class FeedbackWorkersTest {
  private static final TaskContext TASK = new OneTask("feedback", "task-1");
  private static TestDomain domain;

  @BeforeAll
  static void start() {
    domain = new TestDomain(FeedbackCollectWorker.class, ImprovementPlanWorker.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  @Test
  void shouldCollectFeedbackAndKeepTheBacklog_twice() {
    domain.campaign("acme", "en");
    domain.load(
        "feedback",
        "acme",
        List.of(Map.of("kind", "survey", "text", "Too slow", "label", "speed")));
    domain.load(
        "improvements",
        "acme",
        List.of(Map.of("kind", "product", "description", "Faster", "effort", 2.0, "value", 4.0)));
    var collect = domain.bean(FeedbackCollectWorker.class);
    var plan = domain.bean(ImprovementPlanWorker.class);

    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(collect.handle(new FeedbackCollectWorker.Input("acme", 1), TASK))
          .isEqualTo(new FeedbackCollectWorker.Output(1, "acme/1/improvements"));
      assertThat(
              plan.handle(
                  new ImprovementPlanWorker.Input("acme", 1, List.of("Faster"), "now"), TASK))
          .isEqualTo(new ImprovementPlanWorker.Output(1));
    }
  }
}
