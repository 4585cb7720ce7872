package io.channelwise.worker.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.channelwise.model.ModelRegistry;
import io.channelwise.model.NewTraining;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.support.TestDomain;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.support.OneTask;
import java.util.ArrayList;
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
    domain =
        new TestDomain(
            FeedbackCollectWorker.class, DatasetBuildWorker.class, ImprovementPlanWorker.class);
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

  private static void feedback(String key, int each) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      rows.add(Map.of("kind", "t", "text", "invoice " + i, "label", "billing", "rating", 1.0));
      rows.add(Map.of("kind", "t", "text", "thanks " + i, "label", "praise", "rating", 5.0));
    }
    domain.load("feedback", key, rows);
    domain.bean(FeedbackCollectWorker.class).handle(new FeedbackCollectWorker.Input(key, 1), TASK);
  }

  private static DatasetBuildWorker.Output build(String key, String model) {
    return domain
        .bean(DatasetBuildWorker.class)
        .handle(new DatasetBuildWorker.Input(key, 1, model), TASK);
  }

  @Test
  void shouldBuildTheDatasetOnce_andCountWhatTheLiveModelLacks() {
    domain.campaign("builds", "en");
    feedback("builds", 15);

    DatasetBuildWorker.Output first = build("builds", "ticket-intent");
    assertThat(first).isEqualTo(new DatasetBuildWorker.Output(first.datasetId(), 30, 30, 2, false));
    assertThat(build("builds", "ticket-intent")).isEqualTo(first);

    TrainingRunService runs = domain.bean(TrainingRunService.class);
    TrainingRun run =
        runs.begin(
            new NewTraining(
                "run-1", 1, "ticket-intent", "builds", 1, first.datasetId(), "0", Map.of()));
    runs.trained(run, new TrainedModel(1, 0.1, 1, "ticket-intent/1", "0".repeat(64)));
    domain.bean(ModelRegistry.class).release("run-1", 1, "ticket-intent", "kim", null);
    feedback("builds", 17);

    DatasetBuildWorker.Output second = build("builds", "ticket-intent");
    assertThat(second).isEqualTo(new DatasetBuildWorker.Output(second.datasetId(), 34, 4, 2, true));
    assertThat(build("builds", "ticket-sentiment").hasLiveModel()).isFalse();
  }

  @Test
  void shouldReportTooLittleFeedback_asABusinessError() {
    domain.campaign("small", "en");
    feedback("small", 9);

    BusinessError error =
        catchThrowableOfType(BusinessError.class, () -> build("small", "ticket-intent"));
    assertThat(error.code()).isEqualTo("DATASET_TOO_SMALL");
    assertThat(error)
        .hasMessageStartingWith(
            "Dataset ticket-intent of campaign small, cycle 1 was not built: 18 different");
    assertThatThrownBy(() -> build("small", "other")).isInstanceOf(PermanentFailure.class);
  }
}
