package io.channelwise.worker.campaign;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.SourceFile;
import io.channelwise.deal.DealService;
import io.channelwise.deal.Terms;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import io.channelwise.worker.runtime.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The domain and the workers of campaign, research and plan on a fresh database, and a small
 * campaign: two markets, three channels, thirty respondents, some clicks.
 */
public final class CampaignFixture implements AutoCloseable {
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** A task in the hands of a worker. */
  public record Task(String topic, String businessKey) implements TaskContext {
    @Override
    public String taskId() {
      return "task-of-" + topic;
    }

    @Override
    public String processInstanceId() {
      return "instance-of-" + businessKey;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }

  public CampaignFixture() {
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.scan(
        "io.channelwise.worker.campaign",
        "io.channelwise.worker.research",
        "io.channelwise.worker.plan");
    context.refresh();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Creates the campaign with all files but those left out. */
  public void create(Path folder, String key, String locale, String... leftOut) throws IOException {
    create(folder, key, locale, "", List.of(leftOut));
  }

  /**
   * Creates the campaign with all files and further settings.
   *
   * @param settings members of the JSON object, each with a comma before it
   */
  public void createWith(Path folder, String key, String settings) throws IOException {
    create(folder, key, "en", settings, List.of());
  }

  private void create(Path folder, String key, String locale, String settings, List<String> leftOut)
      throws IOException {
    Map<String, String> tables = tables();
    for (String file : leftOut) {
      tables.remove(file);
    }
    List<SourceFile> files = new ArrayList<>();
    for (Map.Entry<String, String> table : tables.entrySet()) {
      Path path = folder.resolve(key + "-" + table.getKey());
      files.add(new SourceFile(table.getKey(), Files.writeString(path, table.getValue())));
    }
    bean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"Harbour & Co <to market>","company":"Harbour","product":"LLM",
                 "locale":"%s","promotionBudget":5000,"currency":"CNY",
                 "settings":{"technicalStandard":0.7,"channelsMax":2,"capacity":500,"unitCost":20,
                             "timers":{"replyDeadline":"PT5S"},"training":{"epochs":2}%s}}
                """
                    .formatted(key, locale, settings)),
            files);
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    StringBuilder survey =
        new StringBuilder("market,respondent,need,pain_point,willingness_to_pay,segment\n");
    for (int i = 0; i < 30; i++) {
      String market = i < 20 ? "retail" : "health";
      String pay = Integer.toString(200 + 10 * (i % 7));
      survey.append(
          "%s,r%d,%s,%s,%s,%s\n"
              .formatted(
                  market,
                  i,
                  i % 4 == 0 ? "no" : "yes",
                  i % 3 == 0 ? "slow answers" : "nights",
                  pay,
                  i % 2 == 0 ? "startup" : "enterprise"));
    }
    tables.put("survey.csv", survey.toString());
    tables.put(
        "competitors.csv",
        """
        market,competitor,market_share,price,period
        retail,Big,40%,260,2025-Q3
        retail,Mid,20%,200,2025-Q3
        retail,Big,36%,250,2025-Q4
        retail,Mid,24%,200,2025-Q4
        health,Solo,80%,400,2025-Q4
        """);
    tables.put(
        "channels.csv",
        """
        channel,market,kind,reach,fixed_cost,revenue_share,contact
        forum,,community,4000,100,0,mailto:forum@example.com
        shop,retail,partner,6000,300,10%,mailto:shop@example.com
        search,,search,9000,200,5%,https://search.example.com/hook
        """);
    tables.put("events.csv", events());
    return tables;
  }

  private static String events() {
    StringBuilder events =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue,cost\n");
    String[] channels = {"forum", "shop", "search", "search"};
    for (int i = 0; i < 80; i++) {
      String row = "u%d,%s,%s".formatted(i, i % 2 == 0 ? "startup" : "enterprise", channels[i % 4]);
      events.append("c%d,%s,click,2026-01-01,,1\n".formatted(i, row));
      if (i % 8 < 2) {
        events.append("p%d,%s,purchase,2026-01-02,220,\n".formatted(i, row));
      }
    }
    return events.toString();
  }

  /** Drafts and signs a deal with the channel at its opening terms. */
  public void sign(String campaignKey, int cycle, String channel) {
    DealService deals = bean(DealService.class);
    String dealId = "deal-%s-%d-%s".formatted(campaignKey, cycle, channel);
    Terms offer = deals.draft(campaignKey, cycle, channel, dealId).offer();
    deals.sign(dealId, offer);
  }

  @Override
  public void close() {
    context.close();
  }
}
