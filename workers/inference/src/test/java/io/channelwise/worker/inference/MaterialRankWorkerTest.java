package io.channelwise.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.bert.Example;
import io.channelwise.bert.Task;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.promotion.MaterialPair;
import io.channelwise.promotion.MaterialRankService;
import io.channelwise.promotion.PromotionService;
import io.channelwise.promotion.RankedMaterials;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.runtime.ContractCheck;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TaskContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Before a release of material-fit, with a version that cannot rank, with one that can. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaterialRankWorkerTest {
  private static final int SEGMENTS = MaterialRankWorker.CHUNK / 2 + 1;
  @TempDir static Path folder;

  private static AnnotationConfigApplicationContext context;
  private static MaterialRankWorker worker;
  private static MaterialRankService materials;
  private static RankedMaterials beforeRelease;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.registerBean(
        InferenceSettings.class,
        () ->
            new InferenceSettings(
                folder.resolve("store"),
                InferenceSettings.LOOPBACK,
                0,
                "a-token-for-the-tests",
                "cpu",
                2,
                "onnx"));
    context.register(DomainConfiguration.class, InferenceWorkers.class);
    context.refresh();
    worker = context.getBean(MaterialRankWorker.class);
    materials = context.getBean(MaterialRankService.class);
    campaign("before");
    campaign("after");
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** Two prepared materials and more segments than one question to the model holds. */
  private static void campaign(String key) {
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"Acme","company":"Acme Ltd","product":"Acme LLM",
                 "description":"Answers questions.","locale":"en","promotionBudget":10000,
                 "currency":"CNY"}
                """
                    .formatted(key)));
    sql(
        "insert into channel (campaign_key, channel, kind, reach, fixed_cost, revenue_share)"
            + " values ('%s', 'alpha', 'partner', 10, 0, 0)",
        key);
    sql(
        "insert into deal (deal_id, campaign_key, cycle, channel, state, round, revenue_share_open,"
            + " fixed_fee_open, revenue_share_max, fixed_fee_max, agreed_share, agreed_fee,"
            + " expected_revenue, exclusive, term_months, created_at, updated_at) values ('"
            + UUID.randomUUID()
            + "', '%s', 1, 'alpha', 'signed', 1, 0.1, 0, 0.2, 0, 0.1, 0, 100,"
            + " false, 12, now(), now())",
        key);
    sql(
        "insert into deal_offer select deal_id, 1, 0.1, 0, now() from deal where campaign_key = '%s'",
        key);
    sql(
        "insert into material (campaign_key, line, material, kind, title, body) values"
            + " ('%s', 2, 'parcels', 'post', 'Parcels on time', 'Parcels, in full.')",
        key);
    sql(
        "insert into material (campaign_key, line, material, kind, title, body) values"
            + " ('%s', 3, 'loans', 'post', 'Cheaper loans', 'Loans, in full.')",
        key);
    sql(
        "insert into survey_answer (campaign_key, market, respondent, need, pain_point, segment)"
            + " select '%s', 'retail', 'r' || i, true, 'late parcels', 'shops ' || i"
            + " from generate_series(1, "
            + SEGMENTS
            + ") i",
        key);
    context.getBean(PromotionService.class).prepare(key, 1, null);
  }

  private static void sql(String statement, String key) {
    context.getBean(JdbcClient.class).sql(statement.formatted(key)).update();
  }

  private static MaterialRankWorker.Output rank(String key, TaskContext task) {
    return worker.handle(new MaterialRankWorker.Input(key, 1), task);
  }

  private static Example pair(int number, String segment, String material, String label) {
    return Example.pair(segment + " " + number, material, label);
  }

  private static void release(String suits, String not) {
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      examples.add(pair(i, "shops", "Parcels on time", suits));
      examples.add(pair(i, "shops", "Cheaper loans", not));
    }
    ReleasedModel.train(context, folder, MaterialRankService.MODEL, Task.PAIR, examples);
  }

  @Test
  @Order(1)
  void shouldFitTheModels() {
    assertThat(ContractCheck.classpath("processes").differences(List.of(worker.contract())))
        .isEmpty();
  }

  @Test
  @Order(2)
  void shouldLeaveUnranked_beforeAReleaseAndWithoutClicks() {
    MaterialRankWorker.Output first = rank("before", new OneTask());

    assertThat(first)
        .isEqualTo(new MaterialRankWorker.Output("none", "before/1/promotion-materials"));
    assertThat(rank("before", new OneTask())).isEqualTo(first);
    beforeRelease = materials.find("before", 1).orElseThrow();
  }

  @Test
  @Order(3)
  void shouldSayWhatToDo_whenTheVersionCannotRank() {
    release("good", "bad");

    assertThatThrownBy(() -> rank("after", new OneTask()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Version 1 of model material-fit ranks no materials")
        .hasMessageContaining("'suits' is expected");
    List<Example> texts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      texts.add(new Example("first " + i, "suits"));
      texts.add(new Example("second " + i, "not"));
    }
    ReleasedModel.train(context, folder, MaterialRankService.MODEL, Task.SEQUENCE, texts);
    assertThatThrownBy(() -> rank("after", new OneTask()))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("does not read two texts");
    assertThat(materials.find("after", 1)).isEmpty();
  }

  @Test
  @Order(4)
  void shouldRankByTheReleasedVersion_onceThoughKilledAndDeliveredTwice() {
    release("suits", "not");
    // Stopped halfway, as by a lost lock: nothing is stored.
    StoppingTask stopping = new StoppingTask();
    assertThatThrownBy(() -> rank("after", stopping)).isInstanceOf(TaskContext.Cancelled.class);
    assertThat(stopping.asked).isEqualTo(2);
    assertThat(materials.find("after", 1)).isEmpty();

    MaterialRankWorker.Output first = rank("after", new OneTask());
    RankedMaterials stored = materials.find("after", 1).orElseThrow();
    MaterialRankWorker.Output second = rank("after", new OneTask());

    assertThat(first)
        .isEqualTo(new MaterialRankWorker.Output("model", "after/1/promotion-materials"));
    assertThat(second).isEqualTo(first);
    assertThat(materials.find("after", 1)).contains(stored);
    assertThat(stored.modelName()).isEqualTo("material-fit");
    assertThat(stored.modelVersion()).isEqualTo(3);
    assertThat(stored.ranks()).hasSize(2 * SEGMENTS);
    // The same scores as the model gives when asked by itself.
    Map<String, Double> shown =
        Map.of(
            "parcels", asked("parcels"),
            "loans", asked("loans"));
    assertThat(stored.ranks())
        .filteredOn(rank -> rank.segment().equals("shops 1"))
        .allSatisfy(
            rank -> assertThat(rank.score()).isCloseTo(shown.get(rank.material()), within(1e-5)));
    assertThat(
            context
                .getBean(BriefingService.class)
                .find(first.briefingId())
                .orElseThrow()
                .tables()
                .get(2)
                .title()
                .en())
        .isEqualTo("Which material suits which segment, by model material-fit, version 3");
    // A release later changes nothing that was ranked.
    assertThat(materials.find("before", 1)).contains(beforeRelease);
    assertThat(rank("before", new OneTask()).materialRanking()).isEqualTo("none");
  }

  private static double asked(String material) {
    MaterialPair pair =
        materials.pairs("after", 1).stream()
            .filter(p -> p.segment().equals("shops 1") && p.material().equals(material))
            .findFirst()
            .orElseThrow();
    return context
        .getBean(Predictor.class)
        .predictInputs(MaterialRankService.MODEL, List.of(List.of(pair.first(), pair.second())))
        .orElseThrow()
        .predictions()
        .get(0)
        .scores()
        .get(MaterialRankService.SUITS);
  }

  /** Loses its lock after the first question. */
  private static final class StoppingTask implements TaskContext {
    private final OneTask task = new OneTask();
    private int asked;

    @Override
    public String topic() {
      return task.topic();
    }

    @Override
    public String taskId() {
      return task.taskId();
    }

    @Override
    public String processInstanceId() {
      return task.processInstanceId();
    }

    @Override
    public String businessKey() {
      return task.businessKey();
    }

    @Override
    public int attempt() {
      return task.attempt();
    }

    @Override
    public boolean isCancelled() {
      return ++asked > 1;
    }
  }
}
