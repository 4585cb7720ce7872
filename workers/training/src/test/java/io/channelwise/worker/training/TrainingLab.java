package io.channelwise.worker.training;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.FeedbackService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** The training worker's beans on a database and a model store, as the launcher puts them up. */
final class TrainingLab implements AutoCloseable {
  static final String CAMPAIGN = "acme-test";
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  TrainingLab(HikariDataSource dataSource, Path store) {
    context.registerBean("domainDataSource", HikariDataSource.class, () -> dataSource);
    context.registerBean(
        TrainingWorkerSettings.class,
        () -> new TrainingWorkerSettings(store, "cpu", 1, 3, Duration.ZERO));
    context.register(DomainConfiguration.class, TrainingWorkers.class);
    context.refresh();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** A campaign with two easily told intents, and its dataset's id. */
  String dataset(int perClass) {
    bean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"Acme","company":"Acme Ltd","product":"Acme LLM",
                 "description":"Answers questions.","locale":"en","promotionBudget":10000,
                 "currency":"CNY"}
                """
                    .formatted(CAMPAIGN)));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < perClass; i++) {
      rows.add(feedback(rows.size(), "My invoice number " + i + " charges too much", "billing"));
      rows.add(feedback(rows.size(), "The app crashed " + i + " times with an error", "bug"));
    }
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals("feedback"))
            .findFirst()
            .orElseThrow();
    bean(TransactionTemplate.class)
        .executeWithoutResult(status -> loader.load(CAMPAIGN, rows.iterator()));
    bean(FeedbackService.class).collect(CAMPAIGN, 1);
    return bean(DatasetService.class)
        .build(CAMPAIGN, 1, DatasetService.TICKET_INTENT, null)
        .dataset()
        .id();
  }

  private static Row feedback(int number, String text, String label) {
    return new Row(
        number + 2L, new HashMap<>(Map.of("kind", "question", "text", text, "label", label)));
  }

  static FineTuneWorker.Input fineTune(String runId, String datasetId, int epochs) {
    return new FineTuneWorker.Input(
        runId, 1, 2, DatasetService.TICKET_INTENT, datasetId, "minilm", epochs, 1e-3, 8, 16, 42);
  }

  static EvaluateWorker.Input evaluate(String runId, String datasetId) {
    return new EvaluateWorker.Input(runId, 1, DatasetService.TICKET_INTENT, datasetId);
  }

  @Override
  public void close() {
    context.close();
  }
}
