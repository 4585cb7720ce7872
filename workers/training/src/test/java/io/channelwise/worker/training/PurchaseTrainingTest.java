package io.channelwise.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.BriefingService;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.Split;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.SegmentProbabilities;
import io.channelwise.model.TrainingRunService;
import io.channelwise.probability.LearnedPurchases;
import io.channelwise.probability.PurchaseFolder;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PurchaseTrainingTest {
  @TempDir static Path storeFolder;

  private static HikariDataSource database;
  private static TrainingLab lab;
  private static String dataset;
  private static String texts;
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
    texts = lab.dataset(10);
    dataset = lab.purchases(400);
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

  private static Delivery delivery() {
    return Delivery.of(TrainingLab.CAMPAIGN);
  }

  @Test
  void shouldTrainAndJudgeOnce_whenDeliveredTwice() {
    FineTuneWorker.Output first = fineTune.handle(TrainingLab.learn(runId, dataset), delivery());
    assertThat(fineTune.handle(TrainingLab.learn(runId, dataset), delivery())).isEqualTo(first);
    EvaluateWorker.Output judged = evaluate.handle(TrainingLab.judge(runId, dataset), delivery());
    assertThat(evaluate.handle(TrainingLab.judge(runId, dataset), delivery())).isEqualTo(judged);

    // Two kinds in five folds, and the chosen one on all.
    assertThat(first.steps()).isEqualTo(11);
    assertThat(runs.require(runId, 1).attempt()).isEqualTo(1);
    assertThat(runs.require(runId, 1).settings()).containsOnlyKeys("seed", "folds");
    assertThat(judged.measure()).isEqualTo("auc");
    assertThat(judged.score()).isBetween(0.55, 1.0);
    assertThat(judged.liveScore()).isNull();
    assertThat(judged.longerTrainingHelps()).isFalse();
    assertThat(judged.examples()).isEqualTo(80);
    ModelVersion version = registry.ofRun(runId, 1).orElseThrow();
    assertThat(version.metrics())
        .containsEntry("auc", judged.score())
        .containsKeys("accuracy", "logLoss", "brier", "calibrationError", "aucLow", "aucHigh")
        .doesNotContainKey("macroF1");
    assertThat(store.sha256(version.path())).isEqualTo(version.sha256());
    assertThat(registry.segmentProbabilities(TrainingLab.CAMPAIGN))
        .as("before the release")
        .isEmpty();

    registry.release(runId, 1, version.modelName(), "ada", null);
    shouldKeepTheSegmentMeans(version);
    shouldCompareWithTheLiveVersion(judged.score(), version);
  }

  /**
   * 400 users, each by a model taught without her: the means of the store are those of the file.
   */
  private void shouldKeepTheSegmentMeans(ModelVersion version) {
    SegmentProbabilities known = registry.segmentProbabilities(TrainingLab.CAMPAIGN).orElseThrow();
    assertThat(known.version()).isEqualTo(version.version());
    assertThat(known.segments()).extracting("segment").containsExactly("calm", "keen");
    assertThat(known.segments().stream().mapToInt(SegmentProbabilities.Segment::users).sum())
        .isEqualTo(400);
    assertThat(known.segments())
        .allSatisfy(
            s -> {
              assertThat(s.low()).isLessThan(s.probability());
              assertThat(s.high()).isGreaterThan(s.probability());
              assertThat(s.probability()).isEqualTo(s.observed(), within(0.06));
            });
    LearnedPurchases stored = PurchaseFolder.read(store.resolve(version.path()));
    assertThat(stored.study().weights()).isEqualTo(known.bySegment());
  }

  private void shouldCompareWithTheLiveVersion(double score, ModelVersion live) {
    String next = UUID.randomUUID().toString();
    fineTune.handle(TrainingLab.learn(next, dataset), delivery());
    EvaluateWorker.Output judged = evaluate.handle(TrainingLab.judge(next, dataset), delivery());

    assertThat(judged.liveScore()).isEqualTo(score);
    assertThat(registry.ofRun(next, 1).orElseThrow().sha256())
        .as("the same users and seed give the same files")
        .isEqualTo(live.sha256());
    Briefing briefing = lab.bean(BriefingService.class).find(judged.briefingId()).orElseThrow();
    assertThat(briefing.summary().en())
        .contains("Live version " + live.version())
        .contains("not better");
    assertThat(briefing.figures()).extracting("id").contains("live-auc");
    assertThat(registry.segmentProbabilities(TrainingLab.CAMPAIGN).orElseThrow().version())
        .as("a candidate is no source yet")
        .isEqualTo(live.version());
  }

  @Test
  void shouldBeginAgainAndEndAlike_whenTheProcessIsKilled() throws Exception {
    assertThat(child().waitFor()).isEqualTo(Child.DIED);
    assertThat(registry.ofRun(runId, 1)).isEmpty();
    assertThat(runs.require(runId, 1).state()).isEqualTo("running");

    fineTune.handle(TrainingLab.learn(runId, dataset), Delivery.of(""));
    String unbroken = UUID.randomUUID().toString();
    fineTune.handle(TrainingLab.learn(unbroken, dataset), Delivery.of(""));

    assertThat(runs.require(runId, 1).attempt()).isEqualTo(2);
    assertThat(registry.ofRun(runId, 1).orElseThrow().sha256())
        .isEqualTo(registry.ofRun(unbroken, 1).orElseThrow().sha256());
    Path folder = store.resolve(registry.ofRun(runId, 1).orElseThrow().path());
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("purchase-model.json", "metrics.json", "model-card.md");
    }
  }

  private Process child() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
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

  /** One delivery in a process of its own, which dies in the middle of it. */
  static final class Child {
    static final int DIED = 9;

    public static void main(String[] args) {
      HikariDataSource dataSource = new HikariDataSource();
      dataSource.setJdbcUrl(args[0]);
      dataSource.setMaximumPoolSize(2);
      AtomicInteger asked = new AtomicInteger();
      Delivery dies =
          new Delivery(
              "",
              () -> {
                if (asked.incrementAndGet() > 40) {
                  Runtime.getRuntime().halt(DIED);
                }
                return false;
              });
      try (TrainingLab lab = new TrainingLab(dataSource, Path.of(args[1]))) {
        lab.bean(FineTuneWorker.class).handle(TrainingLab.learn(args[2], args[3]), dies);
      }
    }
  }

  @Test
  void shouldStop_whenCancelled() {
    AtomicInteger asked = new AtomicInteger();
    Delivery cancelled = new Delivery("", () -> asked.incrementAndGet() > 40);

    assertThatThrownBy(() -> fineTune.handle(TrainingLab.learn(runId, dataset), cancelled))
        .isInstanceOf(TaskContext.Cancelled.class);

    assertThat(registry.ofRun(runId, 1)).isEmpty();
  }

  @Test
  void shouldFailForGood_whenTheFilesWereChanged() throws IOException {
    fineTune.handle(TrainingLab.learn(runId, dataset), Delivery.of(""));
    ModelVersion version = registry.ofRun(runId, 1).orElseThrow();
    Files.writeString(store.resolve(version.path()).resolve("purchase-model.json"), "{}");

    assertThatThrownBy(() -> evaluate.handle(TrainingLab.judge(runId, dataset), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not match its record");
  }

  @Test
  void shouldKeepKindsOfDatasetApart() {
    DatasetService datasets = lab.bean(DatasetService.class);
    assertThat(datasets.behaviour(dataset, Split.TRAIN).size()).isEqualTo(320);
    assertThatThrownBy(() -> datasets.behaviour(texts, Split.TRAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Dataset %s is of texts, not of behaviour.".formatted(texts));
    assertThatThrownBy(() -> fineTune.handle(TrainingLab.learn(runId, texts), Delivery.of("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("is for model ticket-intent, not purchase-probability");
  }
}
