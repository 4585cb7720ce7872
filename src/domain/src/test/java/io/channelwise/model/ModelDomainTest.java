package io.channelwise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.support.TestDomain;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelDomainTest {
  private static final String SHA = "ab".repeat(32);
  private static TestDomain domain;
  private static TrainingRunService runs;
  private static ModelRegistry registry;
  private static TrainingReport report;

  private final String model = "m" + UUID.randomUUID().toString().substring(0, 8);

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    runs = domain.bean(TrainingRunService.class);
    registry = domain.bean(ModelRegistry.class);
    report = domain.bean(TrainingReport.class);
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static NewTraining training(
      String runId, int round, String model, String campaign, Integer cycle) {
    return new NewTraining(
        runId,
        round,
        model,
        campaign,
        cycle,
        UUID.randomUUID().toString(),
        SHA,
        Map.of("base", "minilm", "epochs", 3));
  }

  private TrainingRun begin(String runId, int round) {
    return runs.begin(training(runId, round, model, null, null));
  }

  private static TrainedModel result(TrainingRun run) {
    return new TrainedModel(
        20, 0.31, 12.5, run.modelName() + "/" + run.runId() + "-" + run.round(), SHA);
  }

  private ModelVersion candidate(String runId, int round) {
    TrainingRun run = begin(runId, round);
    return runs.trained(run, result(run));
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  @Test
  void shouldLetALateAttemptChangeNothing() {
    String id = id();
    TrainingRun first = begin(id, 1);
    TrainingRun second = begin(id, 1);
    ProgressRow row = new ProgressRow(1, 20, 1, 1.5, 1e-4, 900, null);

    assertThat(first.attempt()).isEqualTo(1);
    assertThat(second.attempt()).isEqualTo(2);
    assertThatThrownBy(() -> runs.progress(first, List.of(row)))
        .isInstanceOf(StaleAttemptException.class)
        .hasMessageContaining("Attempt 1")
        .hasMessageContaining("running at attempt 2");
    assertThatThrownBy(() -> runs.trained(first, result(first)))
        .isInstanceOf(StaleAttemptException.class);
    runs.failed(first, "late");
    assertThat(runs.require(id, 1).state()).isEqualTo("running");
    assertThat(runs.progress(id, 1)).isEmpty();
    assertThat(registry.versions(model)).isEmpty();

    runs.progress(second, List.of(row));
    runs.progress(second, List.of(row));
    runs.epoch(second, new EpochRow(1, 1.2, 0.5, 0.4));
    assertThat(runs.progress(id, 1)).hasSize(1);
    assertThat(runs.epochs(id, 1)).containsExactly(new EpochRow(1, 1.2, 0.5, 0.4));
  }

  @Test
  void shouldKeepAFinishedRound_whenItIsDeliveredAgain() {
    String id = id();
    candidate(id, 1);

    TrainingRun again = begin(id, 1);

    assertThat(again.isTrained()).isTrue();
    assertThat(again.state()).isEqualTo("trained");
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.steps()).isEqualTo(20);
    assertThat(registry.versions(model)).hasSize(1);
  }

  @Test
  void shouldTakeAFailedRoundOver() {
    String id = id();
    TrainingRun first = begin(id, 1);
    runs.failed(first, "out of memory");

    assertThat(runs.require(id, 1).problem()).isEqualTo("out of memory");
    assertThat(begin(id, 1).state()).isEqualTo("running");
  }

  @Test
  void shouldReleaseOnce_andRetireTheOneBefore() {
    String first = id();
    String second = id();
    candidate(first, 1);
    candidate(second, 1);
    candidate(second, 2);

    Release one = registry.release(first, 1, model, "anna", "good");
    assertThat(one.released()).isTrue();
    assertThat(one.version().version()).isEqualTo(1);
    assertThat(registry.release(second, 2, model, "ben", null).version().version()).isEqualTo(3);

    assertThat(registry.live(model).orElseThrow().approver()).isEqualTo("ben");
    assertThat(registry.versions(model))
        .extracting(ModelVersion::stage)
        .containsExactly("live", "discarded", "retired");
    Release repeated = registry.release(first, 1, model, "anna", "good");
    assertThat(repeated.released()).isTrue();
    assertThat(registry.live(model).orElseThrow().version()).isEqualTo(3);
    assertThat(runs.require(second, 2).state()).isEqualTo("released");
    assertThat(registry.models()).contains(model);
  }

  @Test
  void shouldReleaseOnce_whenTwoWorkersReleaseAtOnce() throws Exception {
    String id = id();
    candidate(id, 1);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<Release> release = () -> registry.release(id, 1, model, "anna", null);
      List<Future<Release>> answers =
          pool.invokeAll(List.of(release, release, release, release), 20, TimeUnit.SECONDS);
      for (Future<Release> answer : answers) {
        assertThat(answer.get().version().version()).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(registry.versions(model)).hasSize(1);
  }

  @Test
  void shouldPublishNothing_whenTheRunWasDiscardedMeanwhile() {
    String id = id();
    TrainingRun run = begin(id, 1);

    registry.discard(id, 1, model, "cancelled");
    registry.discard(id, 1, model, "cancelled");

    assertThatThrownBy(() -> runs.trained(run, result(run)))
        .isInstanceOf(StaleAttemptException.class)
        .hasMessageContaining("the round is discarded");
    assertThat(begin(id, 1).state()).isEqualTo("discarded");
    assertThat(runs.require(id, 1).problem()).isEqualTo("cancelled");
    assertThatThrownBy(() -> registry.release(id, 1, model, null, null))
        .isInstanceOf(UnknownTrainingException.class)
        .hasMessageContaining(id);
  }

  @Test
  void shouldTellListenersOfARelease() throws Exception {
    String id = id();
    candidate(id, 1);
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (ReleaseSubscription subscription =
        new ReleaseSubscription(domain.bean(DataSource.class), heard::add)) {
      subscription.awaitListening(Duration.ofSeconds(20));

      registry.release(id, 1, model, "anna", null);

      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(model);
    }
  }

  @Test
  void shouldNotReleaseWhatWasDiscarded() {
    String id = id();
    candidate(id, 1);
    registry.discard(id, 1, model, "rejected");

    Release release = registry.release(id, 1, model, "anna", null);

    assertThat(release.released()).isFalse();
    assertThat(registry.live(model)).isEmpty();
  }

  @Test
  void shouldDiscardNothingThatWasReleased() {
    String id = id();
    candidate(id, 1);
    registry.release(id, 1, model, "anna", null);

    registry.discard(id, 1, model, "late");

    assertThat(registry.live(model)).isPresent();
    assertThat(runs.require(id, 1).state()).isEqualTo("released");
  }

  @Test
  void shouldBriefAndReport() {
    String campaign = "c" + id().substring(0, 8);
    domain.campaign(campaign, "en");
    String id = id();
    TrainingRun run = runs.begin(training(id, 1, model, campaign, 2));
    for (int step = 1; step <= 120; step++) {
      runs.progress(run, List.of(new ProgressRow(step, 120, 1, 2.0 / step, 1e-4, 900, null)));
    }
    runs.epoch(run, new EpochRow(1, 0.5, 0.8, 0.75));
    runs.trained(run, result(run));
    Judgement judgement =
        new TextJudgement(
            50,
            0.82,
            0.8,
            0.81,
            null,
            null,
            null,
            List.of(new TextJudgement.ClassJudgement("billing", 0.9, 0.8, 0.85, 50)));

    Judged judged = runs.judge(id, 1, judgement);
    assertThat(runs.judge(id, 1, judgement).briefingId()).isEqualTo(judged.briefingId());
    registry.release(id, 1, model, "anna", null);

    assertThat(judged.version().metrics())
        .containsEntry("macroF1", 0.8)
        .containsEntry("trainingLoss", 0.31);
    Briefing briefing =
        domain.bean(BriefingService.class).find("training/" + id + "/1").orElseThrow();
    assertThat(briefing.summary().en())
        .contains("macro F1 of 0.800")
        .contains("No version is live");
    assertThat(briefing.charts()).hasSize(2);
    assertThat(briefing.charts().get(0).labels()).hasSizeLessThanOrEqualTo(50);
    assertThat(briefing.charts().get(0).labels().get(39).en()).isEqualTo("120");
    Briefing section = report.section(campaign, 2).orElseThrow();
    assertThat(section.summary().en()).isEqualTo("1 round(s) of training ended with 1 release(s).");
    assertThat(section.tables().get(0).rows().get(0)).contains(model, "released", 1, 0.8, "anna");
    // The first cycle trained nothing: its report must not take the second one's runs.
    assertThat(report.section(campaign, 1)).isEmpty();
  }
}
