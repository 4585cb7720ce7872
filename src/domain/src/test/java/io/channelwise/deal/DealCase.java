package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.channel.EventFormat;
import io.channelwise.channel.EventService;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** A campaign with two channels, a past and some behaviour, on a database of its own. */
abstract class DealCase {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  static AnnotationConfigApplicationContext context;
  static DealService deals;
  static DealMessages messages;
  static LinkSigner signer;
  final String dealId = UUID.randomUUID().toString();
  String campaign;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    signer = new LinkSigner("a-secret-for-the-tests", Clock.systemUTC());
    context.registerBean(LinkSigner.class, () -> signer);
    context.register(DomainConfiguration.class);
    context.refresh();
    deals = context.getBean(DealService.class);
    messages = context.getBean(DealMessages.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  /** 10 clicks, 2 purchases of 100; attraction of shop (8 + 0.5) / (10 + 1). */
  @BeforeEach
  void newCampaign() {
    campaign = "deal-test-" + NUMBER.incrementAndGet();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"CNY"}"""
                    .formatted(campaign)));
    load("channels", channel("shop", 1_100, 400.0), channel("forum", 500, 0.0));
    load("negotiations", past("shop", 1, 0.3, "counter"), past("shop", 2, 0.16, "accept"));
    StringBuilder csv =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue\n");
    for (int i = 0; i < 10; i++) {
      String channel = i < 8 ? "shop" : "forum";
      csv.append("c%d,u,s,%s,click,2026-01-01,0\n".formatted(i, channel));
    }
    csv.append("p1,u,s,shop,purchase,2026-01-01,100\np2,u,s,forum,purchase,2026-01-01,100\n");
    context
        .getBean(EventService.class)
        .append(
            campaign,
            EventFormat.CSV,
            new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)));
  }

  static Row channel(String name, double reach, double cost) {
    return channel(name, reach, cost, 0.2);
  }

  static Row channel(String name, double reach, double cost, double share) {
    return new Row(
        2,
        Map.of(
            "channel",
            name,
            "kind",
            "partner",
            "reach",
            reach,
            "fixed_cost",
            cost,
            "revenue_share",
            share));
  }

  static Row past(String channel, long round, double share, String outcome) {
    Map<String, Object> values = new HashMap<>();
    values.put("channel", channel);
    values.put("round", round);
    values.put("revenue_share", share);
    values.put("fixed_fee", 100.0);
    values.put("exclusive", false);
    values.put("term_months", 24L);
    values.put("outcome", outcome);
    return new Row(2, values);
  }

  void load(String table, Row... rows) {
    TableLoader loader =
        context.getBeansOfType(TableLoader.class).values().stream()
            .filter(l -> l.spec().name().equals(table))
            .findFirst()
            .orElseThrow();
    context
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(status -> loader.load(campaign, List.of(rows).iterator()));
  }

  Deal draft() {
    return deals.draft(campaign, 1, "shop", dealId);
  }

  String link(int round) {
    return signer.sign(dealId, round, Instant.now().plusSeconds(3_600));
  }

  void send(MessageKind kind, int round) {
    assertThat(messages.claim(dealId, round, kind)).isInstanceOf(Claim.Granted.class);
    messages.confirm(dealId, round, kind, "outbox");
  }

  static double number(Object cell) {
    return ((Number) cell).doubleValue();
  }

  static List<Object> together(Callable<Object> one, Callable<Object> two) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<Object>> tasks = new ArrayList<>();
      for (Callable<Object> task : List.of(one, two)) {
        tasks.add(
            () -> {
              barrier.await(10, TimeUnit.SECONDS);
              return task.call();
            });
      }
      List<Object> results = new ArrayList<>();
      for (Future<Object> done : pool.invokeAll(tasks, 30, TimeUnit.SECONDS)) {
        try {
          results.add(done.get());
        } catch (ExecutionException e) {
          results.add(e.getCause());
        }
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
