package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.channelwise.allocation.AllocationAnswer;
import io.channelwise.attribution.Attribution;
import io.channelwise.attribution.Attribution.Kind;
import io.channelwise.attribution.AttributionSettings;
import io.channelwise.campaign.InvalidDataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelAnalysisTest {
  private static final ChannelAnalysis.Settings SETTINGS =
      new ChannelAnalysis.Settings(
          1_000, 1, null, false, true, Map.of(), AttributionSettings.DEFAULT.withReplications(20));
  private static final EventColumns SESSIONS =
      new EventColumns("TrafficType", "VisitorType", null, null, null, "Revenue", null, null, null);

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    Path file = folder.resolve("events.csv");
    Files.writeString(file, text);
    return file;
  }

  private ChannelAnalysis analyse(String text) throws IOException {
    return ChannelAnalysis.of(file(text), EventColumns.CANONICAL, SETTINGS);
  }

  @Test
  void shouldMakePathsUntilEachPurchase_inOrderOfTimeThenEventId() throws IOException {
    Path file =
        file(
            """
            event_id,user,segment,channel,type,occurred_at
            5,u,s,shop,purchase,2026-01-02T00:00:00Z
            4,u,s,shop,click,2026-01-02T00:00:00Z
            3,u,s,forum,click,2026-01-01T00:00:00Z
            6,u,s,radio,click,2026-01-03T00:00:00Z
            7,v,s,radio,view,2026-01-03T00:00:00Z
            8,w,s,forum,purchase,2026-01-03T00:00:00Z
            9,w,s,forum,purchase,2026-01-04T00:00:00Z
            """);

    EventFile events = EventFile.read(file, EventColumns.CANONICAL, bytes -> {});

    // u: forum, shop, bought; radio, lost. w: two purchases without a click, each its own touch.
    Attribution attribution =
        ChannelAnalysis.of(file, EventColumns.CANONICAL, SETTINGS).attribution();
    assertThat(events.paths().count()).isEqualTo(4);
    assertThat(events.paths().conversions()).isEqualTo(3);
    assertThat(attribution.touches()).isEqualTo(5);
    assertThat(attribution.model(Kind.FIRST).orElseThrow().of("forum").orElseThrow().share())
        .isEqualTo(1);
    assertThat(attribution.model(Kind.LAST).orElseThrow().of("shop").orElseThrow().amount())
        .isEqualTo(1, within(1e-12));
    assertThat(events.clicks()).hasSize(3);
  }

  @Test
  void shouldGiveTheSameBytes_whateverTheOrderOfRows() throws IOException {
    List<String> rows = new ArrayList<>();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      rows.add(
          "e%d,u%d,s%d,c%d,%s,2026-01-%02dT0%d:00:00Z"
              .formatted(
                  i,
                  random.nextInt(60),
                  random.nextInt(3),
                  random.nextInt(5),
                  random.nextInt(5) == 0 ? "purchase" : "click",
                  1 + random.nextInt(28),
                  random.nextInt(10)));
    }
    String first = json(rows);
    for (int run = 0; run < 3; run++) {
      Collections.shuffle(rows, random);
      assertThat(json(rows)).isEqualTo(first);
    }
  }

  private String json(List<String> rows) throws IOException {
    String header = "event_id,user,segment,channel,type,occurred_at\n";
    return ChannelAnalysisJson.of(analyse(header + String.join("\n", rows))).toString();
  }

  @Test
  void shouldHaveTheFieldsOfTheInterface() throws IOException {
    ObjectNode json =
        ChannelAnalysisJson.of(
            analyse("channel,segment,type\na,x,click\nb,x,click\nb,y,click\na,y,purchase\n"));

    assertThat(json.at("/attraction/0").fieldNames())
        .toIterable()
        .contains("channel", "segment", "share", "low", "high");
    assertThat(json.at("/ranking/0").fieldNames()).toIterable().contains("channel", "objective");
    assertThat(json.at("/allocation").fieldNames())
        .toIterable()
        .contains(
            "shares",
            "amounts",
            "objective",
            "duality_gap",
            "binding",
            "shadow_prices",
            "explanation");
    assertThat(json.at("/allocation/explanation/zh").asText()).isNotEmpty();
    assertThat(json.at("/attribution/models/markov/a/share").asDouble()).isEqualTo(1);
  }

  @Test
  void shouldShareOutTheBudget_byWhatClicksAreWorth() throws IOException {
    // Two channels with the same clicks; all 40 purchases come through b.
    StringBuilder text = new StringBuilder("channel,bought\n");
    for (int i = 0; i < 80; i++) {
      text.append(i % 2 == 0 ? "a,no\n" : "b,yes\n");
    }
    EventColumns columns =
        new EventColumns(null, null, null, null, null, "bought", null, null, null);
    ChannelAnalysis analysis = ChannelAnalysis.of(file(text.toString()), columns, SETTINGS);

    // Expected 20 each, earned 0 and 40: (0 + 10) / (20 + 10) and (40 + 10) / (20 + 10).
    assertThat(analysis.effects().worth().get("a")).isEqualTo(1 / 3.0, within(1e-12));
    assertThat(analysis.effects().worth().get("b")).isEqualTo(5 / 3.0, within(1e-12));
    AllocationAnswer answer = analysis.allocation();
    assertThat(answer.of("b").orElseThrow().share()).isEqualTo(1, within(1e-6));
    assertThat(answer.objective()).isEqualTo(Math.log(0.5 * 5 / 3), within(1e-7));
    ChannelAnalysis byClicks =
        ChannelAnalysis.of(
            folder.resolve("events.csv"),
            columns,
            new ChannelAnalysis.Settings(
                1_000,
                0.6,
                ChannelEffects.Basis.CLICKS,
                true,
                true,
                Map.of(),
                SETTINGS.attribution()));
    assertThat(byClicks.effects().worth().values()).containsOnly(1.0);
    assertThat(byClicks.allocation().shares())
        .allSatisfy(s -> assertThat(s.share()).isLessThanOrEqualTo(0.6 + 1e-9));
  }

  @Test
  void shouldAnswer_withOneChannelOneSegmentAndNoPurchase() throws IOException {
    ChannelAnalysis analysis = analyse("channel\na\na\n");

    assertThat(analysis.attraction().cell("a", "all").orElseThrow())
        .isEqualTo(new Attraction.Cell("a", "all", 2, 1, 1, 1));
    assertThat(analysis.attribution().models()).isEmpty();
    assertThat(analysis.effects().basis()).isEqualTo(ChannelEffects.Basis.CLICKS);
    assertThat(analysis.allocation().of("a").orElseThrow().share()).isEqualTo(1, within(1e-9));
  }

  @Test
  void shouldRefuse_whatIsNoTableOfEvents() throws IOException {
    assertThatThrownBy(() -> analyse("source,segment\na,b\n"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("a column channel (渠道)");
    assertThatThrownBy(() -> analyse("channel,user\na,b\n"))
        .hasMessageContaining("a user column user but no time column");
    assertThatThrownBy(() -> analyse("channel,type\na,hover\n,click\n"))
        .hasMessageContaining("row 2, column type: found “hover”, expected one of view, click");
    assertThatThrownBy(() -> analyse("event_id,channel\n1,a\n1,b\n"))
        .hasMessageContaining("row 2 has it already");
    assertThatThrownBy(() -> analyse("channel\n")).hasMessageContaining("at least one row");
    assertThatThrownBy(
            () ->
                ChannelAnalysis.of(
                    file("channel,x\na,NaN\n"),
                    new EventColumns(null, null, null, null, null, "x", null, null, null),
                    SETTINGS))
        .hasMessageContaining("found “NaN”, expected 1 or 0, yes or no");
  }

  @Test
  void shouldReadChineseHeaders_inGb18030() throws IOException {
    Path file = folder.resolve("行为数据.csv");
    Files.write(
        file,
        "渠道;用户群;用户;类型;时间\n社区;甲;u;点击;2026-01-01\n社区;甲;u;购买;2026-01-02\n"
            .getBytes(Charset.forName("GB18030")));

    ChannelAnalysis analysis = ChannelAnalysis.of(file, EventColumns.CANONICAL, SETTINGS);

    assertThat(analysis.attribution().conversions()).isEqualTo(1);
    assertThat(analysis.attraction().ranking().get(0).channel()).isEqualTo("社区");
  }

  @Test
  void shouldAnalyseOnlineShoppers_asCountedWithPython() {
    Path data = Path.of("../../../shared/data/online-shoppers/online_shoppers_intention.csv");
    assumeTrue(Files.isReadable(data), "the data sets are not here");

    ChannelAnalysis analysis = ChannelAnalysis.of(data, SESSIONS, SETTINGS);

    // Counted with Python's csv and collections.Counter.
    assertThat(analysis.rows()).isEqualTo(12_330);
    assertThat(analysis.attraction().clicks()).isEqualTo(12_330);
    assertThat(analysis.attribution().conversions()).isEqualTo(1_908);
    assertThat(analysis.attraction().ranking()).hasSize(20);
    assertThat(analysis.attraction().segments())
        .extracting(Attraction.Segment::segment, Attraction.Segment::clicks)
        .containsExactly(
            tuple("New_Visitor", 1_694L), tuple("Other", 85L), tuple("Returning_Visitor", 10_551L));
    assertThat(analysis.allocation().dualityGap()).isLessThanOrEqualTo(1e-8);
    assertThat(ChannelAnalysisJson.of(analysis).toString())
        .isEqualTo(ChannelAnalysisJson.of(ChannelAnalysis.of(data, SESSIONS, SETTINGS)).toString());
  }
}
