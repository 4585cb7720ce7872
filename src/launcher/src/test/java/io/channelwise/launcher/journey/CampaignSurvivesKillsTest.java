package io.channelwise.launcher.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** The campaign goes on to the same end, and nothing is done twice. */
@ExtendWith(JourneyOnce.class)
@TestInstance(Lifecycle.PER_CLASS)
class CampaignSurvivesKillsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Journey journey;
  private final Database database;

  CampaignSurvivesKillsTest(Journey journey) {
    this.journey = journey;
    this.database = journey.database();
  }

  @Test
  void shouldHaveKilledEachProcessWithWorkInHand() {
    assertThat(journey.kills())
        .extracting(Faults.Kill::victim)
        .containsExactly("growth", "postgres", "server", "training");
    assertThat(journey.kills()).allSatisfy(kill -> assertThat(kill.inHand()).isNotEmpty());
    assertThat(journey.kills().get(0).inHand()).anyMatch(task -> task.startsWith("deal."));
    assertThat(journey.kills().get(3).inHand()).anyMatch(task -> task.startsWith("bert.fine-tune"));
  }

  @Test
  void shouldEndAsCompleted() {
    JsonNode campaign = journey.as("gtm-lead").get("/api/campaigns/" + journey.key());
    assertThat(campaign.path("outcome").asText()).isEqualTo("completed");
    assertThat(campaign.path("incidents")).isEmpty();
    assertThat(campaign.path("openTasks")).isEmpty();
    assertThat(
            database.texts(
                """
                select distinct v.text_
                  from act_hi_varinst v
                  join act_hi_procinst p on p.proc_inst_id_ = v.proc_inst_id_
                 where p.proc_def_key_ = 'go-to-market' and v.name_ = 'campaignOutcome'
                   and v.act_inst_id_ = v.proc_inst_id_
                """))
        .containsExactly("completed");
  }

  @Test
  void shouldLeaveNothingOpenInTheEngine() {
    for (String table :
        List.of("act_ru_incident", "act_ru_task", "act_ru_ext_task", "act_ru_execution")) {
      assertThat(database.count("select count(*) from " + table)).as(table).isZero();
    }
    assertThat(database.count("select count(*) from act_ru_job where retries_ = 0")).isZero();
    assertThat(database.count("select count(*) from act_hi_procinst where state_ <> 'COMPLETED'"))
        .isZero();
  }

  @Test
  void shouldNegotiateOnceWithEachChannel() {
    assertThat(
            database.texts(
                "select channel from deal group by campaign_key, cycle, channel having count(*) > 1"))
        .isEmpty();
    assertThat(database.count("select count(*) from deal where state = 'signed'")).isPositive();
    assertThat(
            database.texts(
                "select deal_id from deal where state not in ('signed', 'lost', 'withdrawn')"))
        .isEmpty();
  }

  @Test
  void shouldSendEachOfferOnce() throws IOException {
    List<String> sent = new ArrayList<>();
    for (JsonNode message : outbox("offer")) {
      sent.add(
          message.path("payload").path("dealId").asText()
              + "/"
              + message.path("payload").path("round").asInt());
    }
    assertThat(sent).isNotEmpty().doesNotHaveDuplicates();
    assertThat(sent)
        .containsExactlyInAnyOrderElementsOf(
            database.texts(
                "select deal_id || '/' || round from deal_message"
                    + " where kind = 'offer' and sent_at is not null"));
    assertThat(sent)
        .containsExactlyInAnyOrderElementsOf(
            database.texts("select deal_id || '/' || round from deal_offer"));
  }

  @Test
  void shouldSendEachMaterialOnce() throws IOException {
    List<String> files = outbox("promotion").stream().map(m -> m.path("id").asText()).toList();
    assertThat(files).isNotEmpty().doesNotHaveDuplicates();
    assertThat(files)
        .containsExactlyInAnyOrderElementsOf(
            database.texts("select message_id from promotion_dispatch where state = 'sent'"));
    assertThat(database.texts("select message_id from promotion_dispatch where state <> 'sent'"))
        .isEmpty();
  }

  @Test
  void shouldSpendTheBudgetOnce() {
    List<Map<String, Object>> channels =
        database.rows(
            """
            select s.campaign_key, s.cycle, s.channel, sum(s.amount) as spent,
                   count(*) filter (where s.step = 0) as first_halves,
                   least(1.5 * max(a.amount), max(a.cap)) as most
              from promotion_spend s
              join promotion p on p.campaign_key = s.campaign_key and p.cycle = s.cycle
              left join allocation_share a on a.campaign_key = s.campaign_key and a.cycle = s.cycle
               and a.version = p.version and a.channel = s.channel
             group by s.campaign_key, s.cycle, s.channel
            """);
    assertThat(channels)
        .isNotEmpty()
        .allSatisfy(
            channel -> {
              assertThat(((Number) channel.get("first_halves")).intValue()).isEqualTo(1);
              assertThat((BigDecimal) channel.get("spent"))
                  .as("with what results moved to it, of %s", channel.get("channel"))
                  .isLessThanOrEqualTo((BigDecimal) channel.get("most"));
            });
    BigDecimal sum =
        channels.stream()
            .map(channel -> (BigDecimal) channel.get("spent"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    Map<String, Object> promotion = database.rows("select spent, budget from promotion").get(0);
    assertThat((BigDecimal) promotion.get("spent"))
        .isEqualByComparingTo(sum)
        .isLessThanOrEqualTo((BigDecimal) promotion.get("budget"));
  }

  @Test
  void shouldReleaseOneVersionOfEachModelOnce() {
    List<Map<String, Object>> models =
        database.rows(
            """
            select model_name, count(*) filter (where stage = 'live') as live,
                   count(*) filter (where released_at is not null) as released
              from model_version
             group by model_name
             order by model_name
            """);
    assertThat(models)
        .extracting(model -> model.get("model_name"))
        .containsExactly("purchase-probability", "ticket-intent", "ticket-sentiment");
    assertThat(models)
        .allSatisfy(
            model -> {
              assertThat(((Number) model.get("live")).intValue()).isEqualTo(1);
              assertThat(((Number) model.get("released")).intValue()).isEqualTo(1);
            });
    assertThat(database.texts("select distinct state from training_run"))
        .containsExactly("released");
  }

  @Test
  void shouldResumeTheKilledTrainingFromItsCheckpoint() throws IOException {
    assertThat(database.count("select max(attempt) from training_run")).isGreaterThan(1);
    assertThat(
            database.texts(
                """
                select r.run_id
                  from training_run r
                 where r.model_name <> 'purchase-probability' -- it is learned without checkpoints
                   and (select count(*) from training_progress p where p.run_id = r.run_id)
                       <> r.steps
                """))
        .as("runs with a step missing or done for another")
        .isEmpty();
    assertThat(log("training"))
        .containsPattern("attempt=2 begins at step=[0-9]{2}")
        .doesNotContainPattern("attempt=2 begins at step=([0-9]|10) ");
  }

  @Test
  void shouldCloseEachTicketOnce() {
    assertThat(database.count("select count(*) from ticket")).isGreaterThanOrEqualTo(21);
    assertThat(database.texts("select id::text from ticket where state <> 'closed'")).isEmpty();
    assertThat(
            database.texts(
                """
                select t.id::text
                  from ticket t
                 where (select count(*) from act_hi_procinst p
                         where p.business_key_ = t.id::text and p.proc_def_key_ = 'support-ticket'
                           and p.state_ = 'COMPLETED') <> 1
                """))
        .isEmpty();
  }

  @Test
  void shouldRunOnTheRolesThatTheDatabaseGrants() {
    assertThat(
            database.texts(
                """
                select distinct usename || ' ' || application_name
                  from pg_stat_activity
                 where backend_type = 'client backend' and pid <> pg_backend_pid()
                 order by 1
                """))
        .isNotEmpty()
        .allMatch(
            user -> user.startsWith("channelwise_app") || user.startsWith("channelwise_engine"));
    assertThat(
            database.texts(
                """
                select distinct tableowner from pg_tables where schemaname = 'channelwise'
                union all
                select distinct tableowner from pg_tables where schemaname = 'camunda'
                """))
        .containsExactly("channelwise_owner", "channelwise_engine");
  }

  @Test
  void shouldKeepSecretsOutOfEnvironmentAndCommandLine() throws IOException {
    List<String> secrets = new ArrayList<>();
    try (Stream<Path> files = Files.list(journey.folder().folder("secrets"))) {
      for (Path file : files.toList()) {
        secrets.add(Files.readString(file).strip());
      }
    }
    secrets.add(journey.folder().adminPassword());
    for (String service : journey.processes().services()) {
      Path process = Path.of("/proc", Long.toString(journey.processes().pid(service)));
      String told =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1)
              + Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
              + log(service);
      assertThat(secrets).as(service).hasSizeGreaterThan(8).noneMatch(told::contains);
    }
  }

  private List<JsonNode> outbox(String kind) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    try (Stream<Path> files = Files.list(journey.folder().folder("outbox"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        JsonNode message = JSON.readTree(file.toFile());
        if (message.path("kind").asText().equals(kind)) {
          messages.add(message);
        }
      }
    }
    return messages;
  }

  private String log(String service) throws IOException {
    return Files.readString(journey.folder().folder("logs").resolve(service + ".log"));
  }
}
