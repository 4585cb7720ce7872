package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.channelwise.campaign.Finding;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.SourceFile;
import io.channelwise.support.TestDomain;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files without quotes are read past the general reader: what comes of them is the same. */
class EventsImportTest {
  private static final String CHANNELS = "channel,kind,reach\nshop,partner,10\n社区,community,5\n";
  private static final String EVENTS =
      """
      event_id,user,segment,channel,type,occurred_at,revenue,cost
      e1,u1,small,shop,click,2026-01-31T12:00:00Z,0,0.35
      e2,u1,small,shop,Purchase,2026-01-31T12:05:00.250Z,129.50,
      e3,u2, large ,社区,点击,2026-02-01 08:00:00,,
      ,,,,,,,

      e4,u3,a\\b,shop,view,2026/02/03,0,１２
      e5,u4,large,shop,购买,2026-02-28T23:59:59+02:00,1e3,0
      e6,u5,large,shop,click,2026-02-29T00:00:00Z
      """
          .replace("2026-02-29T00:00:00Z\n", "2024-02-29T00:00:00Z,0,0\n");

  private static TestDomain domain;
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    domain = new TestDomain();
  }

  @AfterAll
  static void stop() {
    domain.close();
  }

  private static String campaign() {
    String key = "e" + UUID.randomUUID().toString().substring(0, 8);
    domain.campaign(key, "en");
    return key;
  }

  private SourceFile file(String name, byte[] text) throws IOException {
    return new SourceFile(name, Files.write(folder.resolve(name), text));
  }

  private String imported(byte[] events, String channels) throws IOException {
    String key = campaign();
    List<SourceFile> files = new ArrayList<>();
    files.add(file("survey.csv", "market,respondent,need\nretail,r1,yes\n".getBytes()));
    files.add(
        file(
            "competitors.csv",
            "market,competitor,market_share,price\nretail,Big,0.5,10\n".getBytes()));
    files.add(file("channels.csv", channels.getBytes(StandardCharsets.UTF_8)));
    files.add(file("events.csv", events));
    domain.bean(ImportService.class).importAll(key, files);
    return key;
  }

  private static List<Map<String, Object>> stored(String key) {
    return domain
        .bean(JdbcClient.class)
        .sql(
            """
            select event_id, user_ref, segment, channel, type, occurred_at, revenue, cost
              from event
             where campaign_key = ?
             order by event_id
            """)
        .param(key)
        .query()
        .listOfRows();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldStoreTheSame_whetherAFileHasQuotesOrNot() throws IOException {
    List<Map<String, Object>> plain = stored(imported(utf8(EVENTS), CHANNELS));

    assertThat(plain).hasSize(6);
    assertThat(plain.get(2)).containsEntry("segment", "large").containsEntry("type", "click");
    assertThat(plain.get(3)).containsEntry("segment", "a\\b").containsEntry("cost", 12.0);
    assertThat(plain.get(4)).containsEntry("revenue", 1_000.0);
    for (String other :
        List.of(
            EVENTS.replace("e1,u1", "\"e1\",u1"),
            EVENTS.replace("\n", "\r\n"),
            EVENTS.replace("\n", "\r"),
            EVENTS.replace(',', ';'),
            EVENTS.replace(',', '\t'),
            "\uFEFF" + EVENTS)) {
      assertThat(stored(imported(utf8(other), CHANNELS))).isEqualTo(plain);
    }
    byte[] chinese = EVENTS.getBytes(Charset.forName("GB18030"));
    assertThat(stored(imported(chinese, CHANNELS))).isEqualTo(plain);
  }

  private List<Finding> refused(String events, String channels) {
    return catchThrowableOfType(InvalidDataException.class, () -> imported(utf8(events), channels))
        .findings();
  }

  @Test
  void shouldFindTheSame_whetherAFileHasQuotesOrNot() {
    String wrong =
        """
        event_id,user,segment,channel,type,occurred_at,revenue,cost
        e1,u1,small,shop,click,2026-01-31T12:00:00Z,NaN,Infinity
        e1,u1,small,radio,click,2026-01-32T12:00:00Z,-1,1e300
        e1,u1,small,shop,click,2026-01-31T12:00:00Z,0,0
        e1,u1,small,shop,click,2026-01-31T12:00:00Z,0,0
        e2,,small,shop,hover,2026-01-31T12:00:00Z,.,--1
        e3,u1,small,shop,click,2026-01-31T12:00:00Z
        e4,u1,small,radio,click,2026-01-31T25:00:00Z,1,1
        e5,u1,small,radio,click,2026-01-31T12:00:00Z,1,1
        """;

    List<Finding> plain = refused(wrong, CHANNELS);

    assertThat(plain)
        .extracting(f -> f.row() + " " + f.column())
        .contains(
            "2 revenue",
            "2 cost",
            "3 occurred_at",
            "3 revenue",
            "3 cost",
            "5 event_id",
            "6 user",
            "6 type",
            "6 revenue",
            "6 cost",
            "7 ",
            "8 occurred_at",
            "9 channel");
    assertThat(refused(wrong.replace("e1,u1,small,shop", "e1,\"u1\",small,shop"), CHANNELS))
        .isEqualTo(plain);
  }

  @Test
  void shouldReadAHalfSaturation_inEitherLanguage() throws IOException {
    ChannelService channels = domain.bean(ChannelService.class);
    String english =
        imported(utf8(EVENTS), "channel,kind,reach,half_saturation\nshop,p,1,250.5\n社区,p,1,\n");
    String chinese = imported(utf8(EVENTS), "渠道,类型,覆盖,半饱和支出\nshop,p,1,250.5\n社区,p,1,\n");

    for (String key : List.of(english, chinese)) {
      assertThat(channels.channel(key, "shop").orElseThrow().halfSaturation()).isEqualTo(250.5);
      assertThat(channels.channel(key, "社区").orElseThrow().halfSaturation()).isNull();
      assertThat(channels.saturation(key).get("shop").halfSaturation()).isEqualTo(250.5);
      assertThat(channels.saturation(key).get("社区").halfSaturation()).isNull();
    }
    for (String wrong : List.of("0", "-1", "NaN", "Infinity", "1e14", "much")) {
      String table = "channel,kind,reach,half_saturation\nshop,p,1,2\n社区,p,1,%s\n";
      assertThat(refused(EVENTS, table.formatted(wrong)))
          .as(wrong)
          .extracting(Finding::row, Finding::column)
          .contains(tuple(3L, "half_saturation"));
    }
  }

  @Test
  void shouldRefuseBudgetsOfActivitiesThatAreNone() throws IOException {
    String key = imported(utf8(EVENTS), CHANNELS);
    for (String wrong : List.of("-1", "NaN", "Infinity", "much")) {
      String table =
          "activity,material,channel,start,end,budget\ntour,case,shop,2026-01-01,2026-01-02,%s\n";
      List<SourceFile> files =
          List.of(
              file("materials.csv", utf8("material,kind,channel,title,body\ncase,post,shop,t,b\n")),
              file("activities.csv", utf8(table.formatted(wrong))));
      InvalidDataException refused =
          catchThrowableOfType(
              InvalidDataException.class,
              () -> domain.bean(ImportService.class).importAll(key, files));
      assertThat(refused.findings())
          .as(wrong)
          .extracting(Finding::row, Finding::column)
          .containsExactly(tuple(2L, "budget"));
    }
  }
}
