package io.channelwise.worker.training;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.feedback.DatasetService;
import io.channelwise.feedback.FeedbackService;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
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
    load("feedback", rows);
    bean(FeedbackService.class).collect(CAMPAIGN, 1);
    return bean(DatasetService.class)
        .build(CAMPAIGN, 1, DatasetService.TICKET_INTENT, null)
        .dataset()
        .id();
  }

  /**
   * Users of the campaign, which must be there, and their dataset's id: keen ones click more and
   * buy more often.
   */
  String purchases(int users) {
    HashMap<String, Object> shop = new HashMap<>();
    shop.put("channel", "shop");
    shop.put("kind", "partner");
    shop.put("reach", 10.0);
    shop.put("fixed_cost", 0.0);
    shop.put("revenue_share", 0.1);
    load("channels", List.of(new Row(2, shop)));
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder csv =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue,cost\n");
    for (int user = 0; user < users; user++) {
      boolean keen = random.nextBoolean();
      int clicks = random.nextInt(keen ? 6 : 3);
      String segment = keen ? "keen" : "calm";
      event(csv, user, 0, segment, "view");
      for (int click = 1; click <= clicks; click++) {
        event(csv, user, click, segment, "click");
      }
      if (random.nextDouble() < 0.1 + 0.15 * clicks) {
        event(csv, user, 9, segment, "purchase");
      }
    }
    bean(EventService.class)
        .append(
            CAMPAIGN,
            EventFormat.CSV,
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
    return bean(DatasetService.class)
        .build(CAMPAIGN, 1, DatasetService.PURCHASE_PROBABILITY, null)
        .dataset()
        .id();
  }

  private static void event(StringBuilder csv, int user, int hour, String segment, String type) {
    csv.append(
        "e%d-%d,u%d,%s,shop,%s,2026-03-0%dT0%d:00:00Z,%d,0\n"
            .formatted(
                user,
                hour,
                user,
                segment,
                type,
                1 + user % 7,
                hour,
                type.equals("purchase") ? 9 : 0));
  }

  private void load(String table, List<Row> rows) {
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals(table))
            .findFirst()
            .orElseThrow();
    bean(TransactionTemplate.class)
        .executeWithoutResult(status -> loader.load(CAMPAIGN, rows.iterator()));
  }

  private static Row feedback(int number, String text, String label) {
    return new Row(
        number + 2L, new HashMap<>(Map.of("kind", "question", "text", text, "label", label)));
  }

  static FineTuneWorker.Input fineTune(String runId, String datasetId, int epochs) {
    return new FineTuneWorker.Input(
        runId, 1, 2, DatasetService.TICKET_INTENT, datasetId, "minilm", epochs, 1e-3, 8, 16, 42);
  }

  /** The settings of a campaign are given, though only the seed counts. */
  static FineTuneWorker.Input learn(String runId, String datasetId) {
    return new FineTuneWorker.Input(
        runId,
        1,
        1,
        DatasetService.PURCHASE_PROBABILITY,
        datasetId,
        "bge-small-zh",
        3,
        1e-4,
        16,
        64,
        42);
  }

  static EvaluateWorker.Input judge(String runId, String datasetId) {
    return new EvaluateWorker.Input(runId, 1, DatasetService.PURCHASE_PROBABILITY, datasetId);
  }

  static EvaluateWorker.Input evaluate(String runId, String datasetId) {
    return new EvaluateWorker.Input(runId, 1, DatasetService.TICKET_INTENT, datasetId);
  }

  @Override
  public void close() {
    context.close();
  }
}
