package io.channelwise.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.bert.Classifier;
import io.channelwise.bert.Task;
import io.channelwise.feedback.DatasetService;
import io.channelwise.model.ModelRegistry;
import io.channelwise.model.ModelStore;
import io.channelwise.model.ModelVersion;
import io.channelwise.testing.TestDatabase;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A dataset of pairs goes the way of every other: trained, judged, released. */
class PairTrainingTest {
  @TempDir Path store;

  /** Two segments and two materials; each suits one, so neither text alone tells. */
  private static String pairs(TrainingLab lab) {
    lab.dataset(10);
    UUID id = UUID.randomUUID();
    JdbcClient jdbc = lab.bean(JdbcClient.class);
    jdbc.sql(
            """
            insert into dataset
              (id, campaign_key, model_name, cycle, labels, examples, sha256, dropped, created_at)
            values (:id, :key, 'material-fit', 1, '["not", "suits"]', 96, repeat('0', 64), '{}',
                    now())
            """)
        .param("id", id)
        .param("key", TrainingLab.CAMPAIGN)
        .update();
    jdbc.sql(
            """
            insert into dataset_example (dataset_id, position, split, label, text, pair)
            select :id, i * 4 + s * 2 + m, case when i % 6 = 0 then 'eval' else 'train' end,
                   case when s = m then 'suits' else 'not' end,
                   case s when 0 then 'shops ' else 'banks ' end || i,
                   case m when 0 then 'Parcels on time' else 'Cheaper loans' end
              from generate_series(0, 23) i, generate_series(0, 1) s, generate_series(0, 1) m
            """)
        .param("id", id)
        .update();
    return id.toString();
  }

  @Test
  void shouldLearnFromTwoTexts_andJudgeByThem() {
    HikariDataSource database = TestDatabase.create();
    try (TrainingLab lab = new TrainingLab(database, store)) {
      String dataset = pairs(lab);
      String run = UUID.randomUUID().toString();
      FineTuneWorker.Input input =
          new FineTuneWorker.Input(
              run, 1, 1, DatasetService.MATERIAL_FIT, dataset, "minilm", 1, 1e-3, 8, 32, 42);
      Delivery delivery = Delivery.of(TrainingLab.CAMPAIGN);
      FineTuneWorker fineTune = lab.bean(FineTuneWorker.class);

      FineTuneWorker.Output trained = fineTune.handle(input, delivery);

      // 80 pairs for training in batches of eight.
      assertThat(trained.steps()).isEqualTo(10);
      assertThat(fineTune.handle(input, delivery)).isEqualTo(trained);
      EvaluateWorker.Output judged =
          lab.bean(EvaluateWorker.class)
              .handle(
                  new EvaluateWorker.Input(run, 1, DatasetService.MATERIAL_FIT, dataset), delivery);
      assertThat(judged.examples()).isEqualTo(16);
      ModelRegistry registry = lab.bean(ModelRegistry.class);
      ModelVersion version =
          registry.release(run, 1, DatasetService.MATERIAL_FIT, "anna", null).version();
      Path folder = lab.bean(ModelStore.class).resolve(version.path());
      assertThat(Task.ofModel(folder)).isEqualTo(Task.PAIR);
      try (Classifier classifier = Classifier.load(folder, "cpu", 1)) {
        assertThat(classifier.labels()).containsExactly("not", "suits");
      }
    }
  }
}
