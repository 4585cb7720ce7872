package io.channelwise.worker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelVersion;
import io.channelwise.model.NewTraining;
import io.channelwise.model.TrainedModel;
import io.channelwise.model.TrainingRun;
import io.channelwise.model.TrainingRunService;
import io.channelwise.support.TestDomain;
import io.channelwise.worker.runtime.Contract.None;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ModelWorkersTest {
  private static TestDomain domain;
  private static ModelReleaseWorker release;
  private static ModelDiscardWorker discard;

  private final String model = "m" + UUID.randomUUID().toString().substring(0, 8);
  private final String runId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() {
    domain = new TestDomain();
    release = new ModelReleaseWorker(domain.bean(ModelRegistry.class));
    discard = new ModelDiscardWorker(domain.bean(ModelRegistry.class));
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private void candidate() {
    TrainingRunService runs = domain.bean(TrainingRunService.class);
    TrainingRun run =
        runs.begin(
            new NewTraining(
                runId,
                1,
                model,
                null,
                null,
                UUID.randomUUID().toString(),
                "00",
                Map.of("epochs", 1)));
    runs.trained(run, new TrainedModel(3, 0.5, 1, model + "/" + runId, "ab".repeat(32)));
  }

  @Test
  void shouldFitTheModels() {
    assertThat(
            ContractCheck.classpath("processes")
                .differences(List.of(release.contract(), discard.contract())))
        .isEmpty();
  }

  @Test
  void shouldReleaseOnce_whenDeliveredTwice() {
    candidate();
    var input = new ModelReleaseWorker.Input(runId, 1, model, "anna", null);

    assertThat(release.handle(input, null)).isEqualTo(new ModelReleaseWorker.Output("1", true));
    assertThat(release.handle(input, null)).isEqualTo(new ModelReleaseWorker.Output("1", true));

    assertThat(domain.bean(ModelRegistry.class).versions(model))
        .extracting(ModelVersion::stage)
        .containsExactly("live");
  }

  @Test
  void shouldSayThatNothingIsLive_whenTheVersionWasDiscarded() {
    candidate();
    var input = new ModelDiscardWorker.Input(runId, 1, model, "rejected");

    assertThat(discard.handle(input, null)).isEqualTo(None.NONE);
    assertThat(discard.handle(input, null)).isEqualTo(None.NONE);

    assertThat(release.handle(new ModelReleaseWorker.Input(runId, 1, model, null, null), null))
        .isEqualTo(new ModelReleaseWorker.Output("1", false));
  }

  @Test
  void shouldFailForGood_whenTheRunIsUnknown() {
    assertThatThrownBy(
            () -> release.handle(new ModelReleaseWorker.Input(runId, 1, model, null, null), null))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(runId);
    assertThat(discard.handle(new ModelDiscardWorker.Input(runId, 1, model, null), null))
        .isEqualTo(None.NONE);
  }
}
