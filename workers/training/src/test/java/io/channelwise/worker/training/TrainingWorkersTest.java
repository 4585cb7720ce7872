package io.channelwise.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.BriefingService;
import io.channelwise.feedback.DatasetService;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.NewTraining;
import io.channelwise.model.ProgressRow;
import io.channelwise.model.TrainingRunService;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.runtime.BusinessError;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingWorkersTest {
  @TempDir static Path storeFolder;

  private static HikariDataSource database;
  private static TrainingLab lab;
  private static String dataset;
  private static FineTuneWorker fineTune;
  private static EvaluateWorker evaluate;
  private static TrainingRunService runs;
  private static ModelRegistry registry;
  private static ModelStore store;

  private final String runId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    lab = new TrainingLab(database, storeFolder);
    dataset = lab.dataset(40);
    fineTune = lab.bean(FineTuneWorker.class);
    evaluate = lab.bean(EvaluateWorker.class);
    runs = lab.bean(TrainingRunService.class);
    registry = lab.bean(ModelRegistry.class);
    store = lab.bean(ModelStore.class);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private Path weights(String run) {
    return store.resolve("ticket-intent/" + run + "-1").resolve("model.safetensors");
  }

  @Test
  void shouldFitTheModels() {
    assertThat(
            ContractCheck.classpath("processes")
                .differences(List.of(fineTune.contract(), evaluate.contract())))
        .isEmpty();
  }

  @Test
  void shouldTrainAndJudgeOnce_whenDeliveredTwice() {
    Delivery delivery = Delivery.of(TrainingLab.CAMPAIGN);
    FineTuneWorker.Input input = TrainingLab.fineTune(runId, dataset, 3);

    FineTuneWorker.Output first = fineTune.handle(input, delivery);
    FineTuneWorker.Output second = fineTune.handle(input, delivery);

    assertThat(first).isEqualTo(second);
    assertThat(first.steps()).isEqualTo(24);
    assertThat(runs.require(runId, 1).attempt()).isEqualTo(1);
    assertThat(runs.require(runId, 1).campaignKey()).isEqualTo(TrainingLab.CAMPAIGN);
    assertThat(runs.progress(runId, 1)).hasSize(24);
    assertThat(runs.epochs(runId, 1)).hasSize(3);
    ModelVersion candidate = registry.ofRun(runId, 1).orElseThrow();
    assertThat(store.sha256(candidate.path())).isEqualTo(candidate.sha256());
    assertThat(store.resolve("runs/" + runId + "-1")).doesNotExist();

    EvaluateWorker.Output judged = evaluate.handle(TrainingLab.evaluate(runId, dataset), delivery);
    assertThat(evaluate.handle(TrainingLab.evaluate(runId, dataset), delivery)).isEqualTo(judged);
    assertThat(judged.measure()).isEqualTo("macroF1");
    assertThat(judged.score()).isGreaterThan(0.9);
    assertThat(judged.liveScore()).isNull();
    assertThat(judged.longerTrainingHelps()).isTrue();
    assertThat(judged.examples()).isEqualTo(16);
    assertThat(lab.bean(BriefingService.class).find(judged.briefingId())).isPresent();
    assertThat(runs.require(runId, 1).state()).isEqualTo("evaluated");

    shouldCompareWithTheLiveVersion(candidate);
  }

  private void shouldCompareWithTheLiveVersion(ModelVersion live) {
    registry.release(runId, 1, live.modelName(), "anna", null);
    String next = UUID.randomUUID().toString();
    fineTune.handle(TrainingLab.fineTune(next, dataset, 1), Delivery.of(""));
    EvaluateWorker.Output judged =
        evaluate.handle(TrainingLab.evaluate(next, dataset), Delivery.of(""));
    assertThat(judged.liveScore()).isEqualTo(live(live).metrics().get("macroF1"));
    assertThat(runs.require(next, 1).campaignKey()).isNull();
  }

  private static ModelVersion live(ModelVersion version) {
    return registry.live(version.modelName()).orElseThrow();
  }

  @Test
  void shouldResumeWithTheWeightsOfAnUnbrokenRun_whenTheProcessIsKilled() throws Exception {
    String unbroken = UUID.randomUUID().toString();
    fineTune.handle(TrainingLab.fineTune(unbroken, dataset, 4), Delivery.of(""));
    Process child = startChild();
    try {
      await()
          .atMost(120, TimeUnit.SECONDS)
          .until(() -> runs.progress(runId, 1).size() >= 8 || !child.isAlive());
      assertThat(child.isAlive()).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(runs.require(runId, 1).state()).isEqualTo("running");

    FineTuneWorker.Output output =
        fineTune.handle(TrainingLab.fineTune(runId, dataset, 4), Delivery.of(""));

    assertThat(output.steps()).isEqualTo(32);
    assertThat(runs.require(runId, 1).attempt()).isEqualTo(2);
    assertThat(weights(runId)).hasSameBinaryContentAs(weights(unbroken));
    assertThat(runs.progress(runId, 1).stream().map(ProgressRow::loss))
        .isEqualTo(runs.progress(unbroken, 1).stream().map(ProgressRow::loss).toList());
  }

  private Process startChild() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-Dai.djl.offline=true",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            database.getJdbcUrl(),
            storeFolder.toString(),
            runId,
            dataset)
        .inheritIO()
        .start();
  }

  /** One delivery in a process of its own. */
  static final class Child {
    public static void main(String[] args) {
      HikariDataSource dataSource = new HikariDataSource();
      dataSource.setJdbcUrl(args[0]);
      dataSource.setMaximumPoolSize(2);
      try (TrainingLab lab = new TrainingLab(dataSource, Path.of(args[1]))) {
        lab.bean(FineTuneWorker.class)
            .handle(TrainingLab.fineTune(args[2], args[3], 4), Delivery.of(""));
      }
    }
  }

  @Test
  void shouldStopAtTheNextStepAndKeepTheCheckpoint_whenCancelled() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    Delivery cancelled = new Delivery("", () -> asked.incrementAndGet() > 5);

    assertThatThrownBy(() -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 2), cancelled))
        .isInstanceOf(TaskContext.Cancelled.class);

    assertThat(runs.progress(runId, 1)).hasSize(5);
    try (var files = Files.list(store.resolve("runs/" + runId + "-1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.contains("checkpoint"));
    }
    assertThat(registry.ofRun(runId, 1)).isEmpty();
  }

  @Test
  void shouldPublishNothing_whenTheRunIsDiscardedMeanwhile() {
    AtomicInteger asked = new AtomicInteger();
    Delivery delivery =
        new Delivery(
            "",
            () -> {
              if (asked.incrementAndGet() == 4) {
                registry.discard(runId, 1, DatasetService.TICKET_INTENT, "cancelled");
              }
              return false;
            });

    assertThatThrownBy(() -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 2), delivery))
        .isInstanceOf(TaskContext.Cancelled.class);

    assertThat(registry.ofRun(runId, 1)).isEmpty();
    assertThat(runs.require(runId, 1).state()).isEqualTo("discarded");
    assertThatThrownBy(
            () -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 2), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("was ended as discarded");
  }

  @Test
  void shouldWait_whenAnotherProcessStillHoldsTheRun() {
    try (RunFolder held = RunFolder.lock(store, runId, 1)) {
      assertThat(held.path()).exists();
      assertThatThrownBy(
              () -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 1), Delivery.of("")))
          .isInstanceOf(TransientFailure.class)
          .hasMessageContaining("still worked on by another process");
    }
  }

  @Test
  void shouldRemoveCheckpoints_aWeekAfterTheRunEnded() throws Exception {
    EndedRuns nextWeek =
        new EndedRuns(
            store, runs, Clock.offset(Clock.systemUTC(), EndedRuns.KEPT.plus(Duration.ofHours(1))));
    Path checkpoints = store.resolve("runs/" + runId + "-1");
    Files.createDirectories(checkpoints);
    Files.writeString(checkpoints.resolve("model.safetensors"), "weights");
    Path version = Files.createDirectories(store.resolve("ticket-intent/" + runId + "-1"));
    runs.begin(
        new NewTraining(
            runId, 1, DatasetService.TICKET_INTENT, null, null, dataset, "00", Map.of()));

    nextWeek.sweep();
    assertThat(checkpoints).exists();

    registry.discard(runId, 1, DatasetService.TICKET_INTENT, "cancelled");
    lab.bean(EndedRuns.class).sweep();
    assertThat(checkpoints).exists();

    nextWeek.sweep();
    assertThat(checkpoints).doesNotExist();
    assertThat(version).exists();
  }

  @Test
  void shouldStandAsAnIncident_whenTheProcessDiesAgainAndAgain() {
    NewTraining training =
        new NewTraining(
            runId,
            1,
            DatasetService.TICKET_INTENT,
            null,
            null,
            dataset,
            "00",
            Map.of("base", "minilm"));
    for (int i = 1; i < 10; i++) {
      runs.begin(training);
    }

    assertThatThrownBy(
            () -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 1), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("was begun 10 times without an end");
    assertThat(runs.require(runId, 1).state()).isEqualTo("failed");
  }

  @Test
  void shouldTellTheProcess_whenTheTrainingDiverges() {
    FineTuneWorker.Input wild =
        new FineTuneWorker.Input(
            runId, 1, null, DatasetService.TICKET_INTENT, dataset, "minilm", 3, 1.0, 8, 16, 42);

    assertThatThrownBy(() -> fineTune.handle(wild, Delivery.of("")))
        .isInstanceOfSatisfying(
            BusinessError.class, error -> assertThat(error.code()).isEqualTo("TRAINING_DIVERGED"));
    assertThat(runs.require(runId, 1).state()).isEqualTo("failed");
  }

  @Test
  void shouldFailForGood_whenTheRequestIsWrong() {
    String unknown = UUID.randomUUID().toString();
    assertThatThrownBy(
            () -> fineTune.handle(TrainingLab.fineTune(runId, unknown, 1), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("There is no dataset " + unknown);
    assertThatThrownBy(
            () -> fineTune.handle(TrainingLab.fineTune(runId, dataset, 0), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("epochs");
    assertThatThrownBy(
            () ->
                fineTune.handle(
                    new FineTuneWorker.Input(
                        runId, 1, null, "ticket-intent", dataset, "/etc", 1, 1e-3, 8, 16, 42),
                    Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Base model '/etc' is unknown");
    assertThatThrownBy(() -> evaluate.handle(TrainingLab.evaluate(runId, dataset), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("has no model to judge");
    assertThat(runs.find(runId, 1)).isEmpty();
  }
}
