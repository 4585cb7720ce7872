package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.campaign.BriefingService;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Finding;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.campaign.ReportContributor;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.UnknownCampaignException;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

class ChannelDataTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static AnnotationConfigApplicationContext context;
  private static ChannelService channels;
  private static EventService events;
  private String campaign;

  @BeforeAll
  static void start() {
    context = new AnnotationConfigApplicationContext();
    context.registerBean("domainDataSource", HikariDataSource.class, TestDatabase::create);
    context.register(DomainConfiguration.class);
    context.refresh();
    channels = context.getBean(ChannelService.class);
    events = context.getBean(EventService.class);
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  @BeforeEach
  void newCampaign() {
    campaign = "channel-test-" + NUMBER.incrementAndGet();
    context
        .getBean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"n","company":"c","product":"p","promotionBudget":1,
                 "currency":"CNY"}"""
                    .formatted(campaign)));
    loadChannels(
        channel(2, "shop", "retail", 999, 200, 0.2, null),
        channel(3, "forum", null, 99, 50, 0.0, null),
        channel(4, "mill", "manufacturing", 10, 10, 0.1, "shop"));
  }

  private static Row channel(
      long line,
      String name,
      String market,
      double reach,
      double cost,
      Double share,
      String parent) {
    Map<String, Object> values = new HashMap<>();
    values.put("channel", name);
    values.put("market", market);
    values.put("kind", "partner");
    values.put("reach", reach);
    values.put("fixed_cost", cost);
    values.put("revenue_share", share);
    values.put("parent", parent);
    return new Row(line, values);
  }

  private long loadChannels(Row... rows) {
    return context
        .getBean(TransactionTemplate.class)
        .execute(
            status ->
                context.getBean(ChannelsLoader.class).load(campaign, List.of(rows).iterator()));
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shouldReplaceChannels_whenLoadedAgain() {
    loadChannels(channel(2, "shop", null, 5, 0, null, null));

    assertThat(channels.channels(campaign))
        .containsExactly(new Channel("shop", null, "partner", 5, 0, 0, null, null, null));
    assertThat(channels.channel(campaign, "forum")).isEmpty();
  }

  @Test
  void shouldRefuseAllChannels_whenTheyResellInACircle() {
    assertThatThrownBy(
            () ->
                loadChannels(
                    channel(2, "a", null, 1, 0, null, "c"),
                    channel(3, "b", null, 1, 0, null, "a"),
                    channel(4, "c", null, 1, 0, null, "b")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("channels.csv, row 4, column parent: found “b”, expected a channel");
    assertThat(channels.channels(campaign)).hasSize(3);
  }

  @Test
  void shouldCountEventsOnce_whenSentTwice() {
    String body =
        """
        {'event_id':'1','user':'u','segment':'s','channel':'shop','type':'click',
        'occurred_at':'2026-01-01T00:00:00Z','cost':0.5}
        {'event_id':'2','用户':'u','用户群':'s','渠道':'shop','类型':'购买','时间':'2026-01-02','收入':'30'}

        {'event_id':'2','user':'u','segment':'s','channel':'shop','type':'purchase','occurred_at':'2026-01-02 00:00:00','revenue':30}
        """
            .replace("'click',\n", "'click',");

    assertThat(events.append(campaign, EventFormat.NDJSON, text(body)))
        .isEqualTo(new EventsAdded(3, 2));
    assertThat(events.append(campaign, EventFormat.NDJSON, text(body)).duplicates()).isEqualTo(3);
    assertThat(events.totals(campaign, "shop", null, null))
        .isEqualTo(new EventTotals(0, 1, 1, 30, 0.5));
    assertThat(
            events.totals(
                campaign,
                null,
                Instant.parse("2026-01-02T00:00:00Z"),
                Instant.parse("2026-01-03T00:00:00Z")))
        .isEqualTo(new EventTotals(0, 0, 1, 30, 0));
  }

  @Test
  void shouldReadCsv_withChineseHeadersSemicolonsAndBom() {
    String body =
        "\uFEFFevent_id;渠道;用户群;用户;类型;时间\n"
            + "a\\b;shop;s;'u;\nv';浏览;2026-01-01T08:00:00+08:00\n"
            + "c;forum;s;u;click;2026-01-01T00:00:00Z\n";

    assertThat(events.append(campaign, EventFormat.CSV, text(body)).added()).isEqualTo(2);
    assertThat(events.totals(campaign, "shop", null, null).views()).isEqualTo(1);
  }

  @Test
  void shouldStoreNothing_whenOneLineIsWrong() {
    String body =
        """
        {'event_id':'1','user':'u','segment':'s','channel':'shop','type':'click','occurred_at':'2026-01-01T00:00:00Z'}
        {'event_id':'2','user':'u','segment':'s','channel':'radio','type':'hover','occurred_at':'soon','revenue':-1}
        [1,2]
        """;

    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () -> events.append(campaign, EventFormat.NDJSON, text(body)));

    assertThat(refused.findings())
        .extracting(f -> f.row() + " " + f.column() + " " + f.found())
        .containsExactly(
            "2 channel radio", "2 type hover", "2 occurred_at soon", "2 revenue -1", "3  [1,2]");
    assertThat(refused.findings().get(0).message().zh())
        .isEqualTo("events，第 2 行，列 channel：实际为“radio”，应为channels.csv 中的渠道。");
    assertThat(events.totals(campaign, null, null, null).clicks()).isZero();
  }

  @Test
  void shouldRefuseAmountsThatAreNone_inBothFormats() {
    List<String> wrong =
        List.of(
            "NaN", "Infinity", "-Infinity", "-1", "1e308", "1e999", "1e14", "12d", "0x1p3", "much");
    for (String column : List.of("revenue", "cost")) {
      StringBuilder csv =
          new StringBuilder(
              "event_id,user,segment,channel,type,occurred_at,%s\n".formatted(column));
      StringBuilder json = new StringBuilder();
      for (int i = 0; i < wrong.size(); i++) {
        csv.append("%d,u,s,shop,click,2026-01-01,%s\n".formatted(i, wrong.get(i)));
        json.append(event(i, column, "'" + wrong.get(i) + "'"));
      }

      assertThat(found(EventFormat.CSV, csv)).containsExactlyElementsOf(named(column, wrong));
      assertThat(found(EventFormat.NDJSON, json)).containsExactlyElementsOf(named(column, wrong));
    }
    // Numbers, lists and objects of JSON; a bare NaN is no JSON.
    StringBuilder values = new StringBuilder();
    for (String value : List.of("-1", "1e308", "1e999", "true", "[5]", "{}")) {
      values.append(event(9, "cost", value));
    }
    assertThat(found(EventFormat.NDJSON, values))
        .containsExactly(
            "cost -1", "cost 1.0E308", "cost Infinity", "cost true", "cost [5]", "cost {}");
    assertThatThrownBy(
            () -> events.append(campaign, EventFormat.NDJSON, text(event(9, "cost", "NaN"))))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("expected one JSON object");
    assertThat(events.totals(campaign, null, null, null).clicks()).isZero();
  }

  private static String event(int id, String column, String value) {
    return "{'event_id':'%d','user':'u','segment':'s','channel':'shop','type':'click','occurred_at':'2026-01-01','%s':%s}\n"
        .formatted(id, column, value);
  }

  private static List<String> named(String column, List<String> values) {
    return values.stream().map(value -> column + " " + value).toList();
  }

  private List<String> found(EventFormat format, CharSequence body) {
    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () -> events.append(campaign, format, text(body.toString())));
    return refused.findings().stream().map(f -> f.column() + " " + f.found()).toList();
  }

  @Test
  void shouldScoreAndShareTheSame_whateverTheOrderOfRows() {
    List<String> rows = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 300; i++) {
      rows.add(
          "e%d,u%d,s%d,%s,%s,2026-01-%02d,%s"
              .formatted(
                  i,
                  random.nextInt(40),
                  random.nextInt(3),
                  List.of("shop", "forum", "mill").get(random.nextInt(3)),
                  random.nextInt(5) == 0 ? "purchase" : "click",
                  1 + random.nextInt(28),
                  random.nextInt(900) / 7.0));
    }
    List<Object> answers = new ArrayList<>();
    for (int run = 0; run < 3; run++) {
      newCampaign();
      String header = "event_id,user,segment,channel,type,occurred_at,revenue\n";
      events.append(campaign, EventFormat.CSV, text(header + String.join("\n", rows)));
      answers.add(
          List.of(
              channels.score(campaign, 1, "retail"),
              channels.attraction(campaign),
              channels.effects(campaign),
              channels.attribution(campaign)));
      Collections.shuffle(rows, random);
    }

    assertThat(answers).allMatch(answers.get(0)::equals);
  }

  @Test
  void shouldAnswer_whenASegmentNeverClicks_aChannelNeverSells_andNobodyReachesAnother() {
    // The forum's users loop and never buy; the segment "quiet" only looks; nobody is at the mill.
    StringBuilder csv =
        new StringBuilder("event_id,user,segment,channel,type,occurred_at,revenue\n");
    for (int i = 0; i < 50; i++) {
      csv.append("f%d,u1,young,forum,click,2026-01-%02d,\n".formatted(i, 1 + i % 28));
    }
    csv.append("s1,u2,young,shop,click,2026-01-01,\ns2,u2,young,shop,purchase,2026-01-02,9\n");
    csv.append("q1,u3,quiet,shop,view,2026-01-01,\n");
    events.append(campaign, EventFormat.CSV, text(csv.toString()));

    List<ChannelScore> scored = channels.score(campaign, 1, "retail");

    assertThat(channels.attraction(campaign).segments())
        .containsExactly(new Attraction.Segment("young", 51, 1));
    assertThat(scored)
        .allSatisfy(
            s -> {
              assertThat(s.score()).isBetween(0.0, 1.0);
              assertThat(s.objective()).isFinite();
            });
    Attribution.Model markov = channels.attribution(campaign).model(Kind.MARKOV).orElseThrow();
    assertThat(markov.of("shop").orElseThrow().share()).isEqualTo(1, within(1e-12));
    assertThat(markov.of("forum").orElseThrow().share()).isZero();
    assertThat(markov.of("mill").orElseThrow().share()).isZero();
    // One purchase: the forum was expected to earn 50 of 51 clicks' worth, the mill none.
    assertThat(channels.effects(campaign).worth().get("forum"))
        .isEqualTo(10 / (50 / 51.0 + 10), within(1e-12));
    assertThat(channels.effects(campaign).worth().get("mill")).isEqualTo(1, within(1e-12));
    assertThat(channels.score(campaign, 1, "retail")).isEqualTo(scored);
  }

  @Test
  void shouldNameTheMissingColumn() {
    assertThatThrownBy(() -> events.append(campaign, EventFormat.CSV, text("event_id,user\n1,u\n")))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("column segment: found “event_id,user”, expected a column segment");
    assertThatThrownBy(() -> events.append(campaign, EventFormat.CSV, text("")))
        .isInstanceOf(InvalidDataException.class);
  }

  @Test
  void shouldRefuseWrongEncodingEndlessLinesAndUnknownCampaigns() {
    byte[] gbk = "{\"event_id\":\"事\"}\n".getBytes(Charset.forName("GB18030"));
    assertThatThrownBy(
            () -> events.append(campaign, EventFormat.NDJSON, new ByteArrayInputStream(gbk)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> events.append(campaign, EventFormat.NDJSON, text("{".repeat(20_000))))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("at most 16384 characters");
    assertThatThrownBy(() -> events.append("nobody", EventFormat.CSV, text("")))
        .isInstanceOf(UnknownCampaignException.class);
  }

  @Test
  void shouldStopReading_whenFindingsAreMany() {
    InvalidDataException refused =
        catchThrowableOfType(
            InvalidDataException.class,
            () -> events.append(campaign, EventFormat.NDJSON, text("x\n".repeat(5_000))));

    assertThat(refused.findings()).hasSize(RowFindings.MAX);
  }

  @Test
  void shouldAddEachEventOnce_whenTwoRequestsMeet() throws Exception {
    StringBuilder body = new StringBuilder("event_id,user,segment,channel,type,occurred_at\n");
    StringBuilder reversed = new StringBuilder(body);
    for (int i = 0; i < 3_000; i++) {
      body.append("e").append(i).append(",u,s,shop,click,2026-01-01\n");
      reversed.append("e").append(2_999 - i).append(",u,s,shop,click,2026-01-01\n");
    }
    CyclicBarrier together = new CyclicBarrier(2);
    var pool = Executors.newFixedThreadPool(2);
    try {
      List<Callable<EventsAdded>> requests =
          List.of(body, reversed).stream()
              .<Callable<EventsAdded>>map(
                  b ->
                      () -> {
                        together.await(10, TimeUnit.SECONDS);
                        return events.append(campaign, EventFormat.CSV, text(b.toString()));
                      })
              .toList();
      long added = 0;
      for (Future<EventsAdded> done : pool.invokeAll(requests, 60, TimeUnit.SECONDS)) {
        added += done.get().added();
      }
      assertThat(added).isEqualTo(3_000);
    } finally {
      pool.shutdownNow();
    }
    assertThat(events.totals(campaign, null, null, null).clicks()).isEqualTo(3_000);
  }

  /** What the sums say against what the events say, for every channel, segment and type. */
  private void assertSumsAgree() {
    JdbcClient jdbc = JdbcClient.create(context.getBean(DataSource.class));
    String sums =
        """
        select channel, segment, type, events
          from event_count
         where campaign_key = ?
         order by channel, segment, type""";
    String counted =
        """
        select channel, segment, type, count(*) as events
          from event
         where campaign_key = ?
         group by channel, segment, type
         order by channel, segment, type""";
    assertThat(jdbc.sql(sums).param(campaign).query().listOfRows())
        .isNotEmpty()
        .isEqualTo(jdbc.sql(counted).param(campaign).query().listOfRows());
  }

  @Test
  void shouldKeepTheSumsRight_whenEventsComeTwiceAndFromManySides() throws Exception {
    String header = "event_id,user,segment,channel,type,occurred_at\n";
    String[] channels = {"shop", "forum", "mill"};
    String[] types = {"view", "click", "purchase"};
    List<Callable<EventsAdded>> requests = new ArrayList<>();
    for (int request = 0; request < 6; request++) {
      StringBuilder body = new StringBuilder(header);
      Random random = new Random(request);
      for (int i = 0; i < 800; i++) {
        int id = random.nextInt(1_500);
        body.append(
            "e%d,u,s%d,%s,%s,2026-01-01\n"
                .formatted(id, id % 5, channels[id % 3], types[id % 7 % 3]));
      }
      EventFormat format = EventFormat.CSV;
      requests.add(() -> events.append(campaign, format, text(body.toString())));
    }
    var pool = Executors.newFixedThreadPool(4);
    try {
      long added = 0;
      for (Future<EventsAdded> done : pool.invokeAll(requests, 60, TimeUnit.SECONDS)) {
        added += done.get().added();
      }
      EventTotals totals = events.totals(campaign, null, null, null);
      assertThat(added).isEqualTo(totals.views() + totals.clicks() + totals.purchases());
    } finally {
      pool.shutdownNow();
    }
    assertSumsAgree();
    assertThatThrownBy(
            () ->
                events.append(campaign, EventFormat.CSV, text(header + "n,u,s,shop,click,soon\n")))
        .isInstanceOf(InvalidDataException.class);
    assertSumsAgree();
    assertThat(clicksOf(campaign)).isEqualTo(events.totals(campaign, null, null, null).clicks());
  }

  private static long clicksOf(String campaign) {
    return channels.attraction(campaign).clicks();
  }

  @Test
  void shouldReadPathsUntilEachPurchase_tiesByEventId() {
    events.append(
        campaign,
        EventFormat.CSV,
        text(
            """
            event_id,user,segment,channel,type,occurred_at
            5,u,s,shop,purchase,2026-01-02T00:00:00Z
            4,u,s,shop,click,2026-01-02T00:00:00Z
            3,u,s,forum,click,2026-01-01T00:00:00Z
            6,u,s,mill,click,2026-01-03T00:00:00Z
            7,v,s,mill,view,2026-01-03T00:00:00Z
            8,w\tx,s,forum,purchase,2026-01-03T00:00:00Z
            """));

    Attribution attribution = channels.attribution(campaign);

    // u: forum, shop, bought; then mill, lost. The last: a purchase without a click.
    assertThat(attribution.paths()).isEqualTo(3);
    assertThat(attribution.conversions()).isEqualTo(2);
    assertThat(attribution.touches()).isEqualTo(4);
    assertThat(attribution.model(Kind.LAST).orElseThrow().of("shop").orElseThrow().share())
        .isEqualTo(0.5);
    assertThat(attribution.model(Kind.FIRST).orElseThrow().of("forum").orElseThrow().share())
        .isEqualTo(1);
    assertThat(channels.attribution(campaign)).isEqualTo(attribution);
    assertThat(channels.effects(campaign).basis()).isEqualTo(ChannelEffects.Basis.PURCHASES);
    loadChannels(channel(2, "shop", "retail", 999, 200, 0.2, null));
    assertThat(channels.attribution(campaign).touches()).isEqualTo(1);
  }

  @Test
  void shouldScoreOnlyChannelsOfTheMarket_andStoreOneResult() {
    events.append(
        campaign,
        EventFormat.CSV,
        text(
            """
            event_id,user,segment,channel,type,occurred_at
            1,u,young,shop,click,2026-01-01
            2,u,young,shop,click,2026-01-01
            3,u,old,forum,click,2026-01-01
            4,u,old,mill,click,2026-01-01
            5,u,old,mill,view,2026-01-01
            """));

    List<ChannelScore> scored = channels.score(campaign, 1, "retail");

    // By hand: K = 3; n(young) = n(old) = 2; R(shop,young) = 2.5/3.5, R(shop,old) = 0.5/3.5.
    assertThat(scored).extracting(ChannelScore::channel).containsExactlyInAnyOrder("shop", "forum");
    assertThat(channels.attraction(campaign).of("shop").orElseThrow().objective())
        .isEqualTo(0.5 * Math.log(2.5 / 3.5) + 0.5 * Math.log(0.5 / 3.5), within(1e-12));
    assertThat(channels.score(campaign, 1, "retail")).isEqualTo(scored);
    assertThat(channels.scores(campaign, 1, "retail")).isEqualTo(scored);
    String id = ChannelService.briefingId(campaign, 1);
    assertThat(context.getBean(BriefingService.class).find(id).orElseThrow().tables().get(0).rows())
        .hasSize(2);
    assertThat(context.getBean(ChannelReport.class).section(campaign, 1)).isPresent();
    assertThat(context.getBeansOfType(ReportContributor.class).values())
        .anyMatch(c -> c.order() == 20);
    assertThat(context.getBean(ChannelReport.class).section(campaign, 2)).isEmpty();
  }

  @Test
  void shouldBriefPlainly_whenNoChannelServesTheMarket() {
    loadChannels(channel(2, "shop", "retail", 5, 0, null, null));

    assertThat(channels.score(campaign, 1, "health")).isEmpty();
    assertThat(
            context
                .getBean(BriefingService.class)
                .find(ChannelService.briefingId(campaign, 1))
                .orElseThrow()
                .summary()
                .en())
        .isEqualTo("No channel serves the market health; add one to channels.csv.");
  }

  @Test
  void shouldReportTheFirstFindingInWords() {
    Finding finding =
        catchThrowableOfType(
                InvalidDataException.class,
                () -> events.append(campaign, EventFormat.NDJSON, text("{}")))
            .findings()
            .get(0);

    assertThat(finding.message().en())
        .isEqualTo("events, row 1, column event_id: found nothing, expected 1 to 200 characters.");
  }
}
