package io.channelwise.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChannelsCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Channelwise.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String file(String text) throws IOException {
    Path file = folder.resolve("events.csv");
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void shouldPrintTablesAndWriteTheSameJsonTwice_forOnlineShoppers() throws IOException {
    Path data = Path.of("../../../shared/data/online-shoppers/online_shoppers_intention.csv");
    assumeTrue(Files.isReadable(data), "the data sets are not here");
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");

    for (Path json : new Path[] {first, second}) {
      int code =
          run(
              "channels",
              "--events",
              data.toString(),
              "--channel-column",
              "TrafficType",
              "--segment-column",
              "VisitorType",
              "--purchase-column",
              "Revenue",
              "--budget",
              "10000",
              "--json",
              json.toString());
      assertThat(code).as(err.toString()).isZero();
    }

    assertThat(out.toString())
        .contains("12330 rows: 12330 clicks on 20 channels by 3 segments, 1908 purchases")
        .contains("attraction: share of a segment's clicks, 95 % credible intervals")
        .contains("ranking: J =")
        .contains("allocation of 10000.00 by purchases")
        .contains("(proven optimum)")
        .contains("attribution of 1908 purchases on 12330 paths");
    assertThat(first).hasSameBinaryContentAs(second);
    JsonNode json = new ObjectMapper().readTree(first.toFile());
    assertThat(json.at("/attraction")).hasSize(60);
    assertThat(json.at("/ranking/0/channel").asText()).isEqualTo("2");
    assertThat(json.at("/allocation/duality_gap").asDouble()).isLessThanOrEqualTo(1e-8);
    double amounts = 0;
    for (JsonNode amount : json.at("/allocation/amounts")) {
      amounts += amount.asDouble();
    }
    assertThat(amounts).isEqualTo(10_000, within(0.005));
  }

  /** New visitors buy in two of three visits, old ones in one of three. */
  private static String visits() {
    StringBuilder rows = new StringBuilder("channel,segment,bought,minutes\n");
    for (int i = 0; i < 360; i++) {
      boolean fresh = i % 2 == 0;
      boolean bought = fresh ? i % 3 != 0 : i % 6 == 1;
      rows.append(i % 4 < 2 ? "search" : "mail").append(fresh ? ",new," : ",old,");
      rows.append(bought ? 1 : 0).append(',').append(i % 7).append('\n');
    }
    return rows.toString();
  }

  @Test
  void shouldWeighSegmentsByTheModel_whereAskedTo() throws IOException {
    Path json = folder.resolve("model.json");

    int code =
        run(
            "channels",
            "--events",
            file(visits()),
            "--purchase-column",
            "bought",
            "--purchase-model",
            "--without",
            "minutes",
            "--json",
            json.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("purchase probability, P(U) before it is scaled to a sum of 1")
        .contains("Probabilities come from");
    JsonNode root = new ObjectMapper().readTree(json.toFile());
    JsonNode study = root.at("/purchase_probability");
    assertThat(study.at("/columns").toString()).isEqualTo("[\"channel\",\"segment\"]");
    assertThat(study.at("/segments/0/probability").asDouble()).isEqualTo(2 / 3.0, within(0.02));
    assertThat(study.at("/segments/1/probability").asDouble()).isEqualTo(1 / 3.0, within(0.02));
    assertThat(root.at("/segments/0/weight").asDouble()).isEqualTo(2 / 3.0, within(0.02));
    assertThat(run("channels", "--events", file("channel\nx\n"), "--purchase-model")).isEqualTo(2);
    assertThat(err.toString()).contains("--purchase-model is given without --purchase-column");
  }

  /**
   * Forty days: search saturates at 60 a day, mail does not; each click by search sells at times.
   */
  private String days() throws IOException {
    StringBuilder rows = new StringBuilder("channel,type,occurred_at,cost,revenue\n");
    for (int day = 0; day < 40; day++) {
      String date = LocalDate.of(2026, 1, 1).plusDays(day).toString();
      double spend = 10 + 9 * (day * 7 % 40);
      rows.append("search,view,%s,%.1f,\nmail,view,%s,%.1f,\n".formatted(date, spend, date, spend));
      rows.append("search,click,%s,,\n".formatted(date).repeat((int) (50 * spend / (spend + 60))));
      rows.append("mail,click,%s,0,\n".formatted(date).repeat((int) (spend / 10)));
      rows.append("search,purchase,%s,,%d\n".formatted(date, 100 + day));
      rows.append("mail,purchase,%s,,30\n".formatted(date));
    }
    return file(rows.toString());
  }

  @Test
  void shouldLetAChannelSaturate_whereItsDaysShowIt_andAttributeRevenue() throws IOException {
    Path auto = folder.resolve("auto.json");
    Path none = folder.resolve("none.json");
    String events = days();

    assertThat(run("channels", "--events", events, "--budget", "8000", "--json", auto.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("saturation over 40 days, 95 % profile intervals")
        .contains("search saturates: it reaches half of what it can bring at")
        .contains("No saturation is taken for mail: a straight line fits the days as well.")
        .contains("attribution of the revenue of 5980.00");
    int more =
        run(
            "channels",
            "--events",
            events,
            "--budget",
            "8000",
            "--saturation",
            "none",
            "--json",
            none.toString());
    assertThat(more).isZero();

    JsonNode json = new ObjectMapper().readTree(auto.toFile());
    JsonNode search = json.at("/allocation/saturation/channels/search");
    // Whole clicks are rounded down; a day's half-saturation of 60 over 40 days.
    assertThat(search.at("/half_saturation").asDouble()).isBetween(1_800.0, 3_000.0);
    assertThat(search.at("/low").asDouble()).isLessThan(2_400);
    assertThat(search.at("/high").asDouble()).isGreaterThan(2_400);
    assertThat(json.at("/allocation/saturation/channels/mail/verdict").asText()).isEqualTo("line");
    assertThat(json.at("/allocation/saturation/channels/mail/half_saturation").isNull()).isTrue();
    assertThat(json.at("/attribution/revenue/total").asDouble()).isEqualTo(5_980);
    assertThat(json.at("/attribution/revenue/models/markov/mail/revenue").asDouble())
        .isEqualTo(1_200, within(1e-6));
    JsonNode straight = new ObjectMapper().readTree(none.toFile());
    assertThat(straight.at("/allocation/saturation/channels")).isEmpty();
    assertThat(straight.at("/allocation/amounts/search").asDouble())
        .isNotEqualTo(json.at("/allocation/amounts/search").asDouble());
  }

  @Test
  void shouldTakeAHalfSaturationThatIsGiven_andRefuseOneForNobody() throws IOException {
    String events = file("channel\na\nb\n");
    Path json = folder.resolve("given.json");

    int code =
        run(
            "channels",
            "--events",
            events,
            "--saturation",
            "none",
            "--half-saturation",
            "a=20",
            "--json",
            json.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(out.toString()).contains("a reaches half of what it can bring at a spend of 20.00");
    JsonNode given = new ObjectMapper().readTree(json.toFile());
    assertThat(given.at("/allocation/saturation/channels/a/verdict").asText()).isEqualTo("given");
    assertThat(run("channels", "--events", events, "--half-saturation", "x=20")).isEqualTo(2);
    assertThat(err.toString()).contains("channel x, which has no event; the channels are a, b");
    for (String wrong : new String[] {"a=0", "a=-1", "a=NaN", "a=Infinity", "a=1e300"}) {
      assertThat(run("channels", "--events", events, "--half-saturation", wrong))
          .as(wrong)
          .isEqualTo(wrong.endsWith("Infinity") ? 0 : 2);
    }
    assertThat(err.toString())
        .contains("the half-saturation spend of channel a is NaN")
        .doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseAmountsThatAreNone_withTheirRowAndColumn() throws IOException {
    for (String column : new String[] {"cost", "revenue"}) {
      for (String wrong : new String[] {"NaN", "Infinity", "-1", "1e14", "much"}) {
        String events = file("channel,%s\na,1\na,%s\n".formatted(column, wrong));
        assertThat(run("channels", "--events", events)).as(wrong).isEqualTo(2);
        assertThat(err.toString())
            .contains("events.csv, row 3, column %s: found “%s”".formatted(column, wrong));
      }
    }
    assertThat(run("channels", "--events", file("channel\na\n"), "--cost-column", "price"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("a column price");
    // An empty amount is 0; a column called otherwise is named.
    String priced = file("channel,price,bought\na,,yes\na,2,no\n");
    assertThat(
            run(
                "channels",
                "--events",
                priced,
                "--revenue-column",
                "price",
                "--purchase-column",
                "bought"))
        .isZero();
  }

  @Test
  void shouldUseWhatItLearned_whenTheModelWasSaved() throws IOException {
    String events = file(visits());
    Path model = folder.resolve("saved");
    String[] learn = {
      "channels",
      "--events",
      events,
      "--purchase-column",
      "bought",
      "--purchase-model",
      "--without",
      "minutes",
      "--save-purchase-model",
      model.toString()
    };
    assertThat(run(learn)).as(err.toString()).isZero();
    String learned = out.toString();
    out.getBuffer().setLength(0);

    assertThat(
            run(
                "channels",
                "--events",
                events,
                "--purchase-column",
                "bought",
                "--purchase-model",
                model.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).isEqualTo(learned);

    out.getBuffer().setLength(0);
    Path rows = folder.resolve("rows.csv");
    Files.writeString(rows, "id,segment,channel\n7,new,mail\n8,old,mail\n");
    String[] predict = {"predict", "--model", model.toString(), "--data", rows.toString()};
    assertThat(run(predict)).as(err.toString()).isZero();
    String[] lines = out.toString().split("\\R");
    assertThat(lines).hasSize(2);
    assertThat(new ObjectMapper().readTree(lines[0]).path("probability").asDouble())
        .isEqualTo(2 / 3.0, within(0.05));
    assertThat(new ObjectMapper().readTree(lines[1]).path("probability").asDouble())
        .isEqualTo(1 / 3.0, within(0.05));

    Files.writeString(rows, "segment\nnew\n");
    assertThat(run(predict)).isEqualTo(2);
    assertThat(err.toString()).contains("Row 1 has no column channel");
    assertThat(run("predict", "--model", model.toString(), "--text", "hello")).isEqualTo(2);
    assertThat(err.toString()).contains("decides on rows of behaviour");
    assertThat(run("channels", "--events", events, "--purchase-model", folder.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("has no purchase-model.json");
    assertThat(run("channels", "--events", events, "--save-purchase-model", model.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("nothing is learned");
  }

  @Test
  void shouldExplainWhatIsWrong_withExitCodeTwo() throws IOException {
    assertThat(run("channels", "--events", "nowhere.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("File nowhere.csv cannot be read");
    assertThat(run("channels", "--events", file("source\nx\n"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("events.csv, row 1, column channel: found nothing, expected a column channel")
        .contains("--channel-column NAME");
    assertThat(run("channels", "--events", file("channel\nx\n"), "--budget", "NaN")).isEqualTo(2);
    assertThat(err.toString()).contains("the budget is NaN");
    assertThat(run("channels", "--events", file("channel\nx\n"), "--cap", "0.5")).isEqualTo(0);
    assertThat(run("channels", "--events", file("channel\nx\n"), "--cap", "2")).isEqualTo(2);
    assertThat(run("channels", "--events", file("channel\nx\n"), "--order", "4")).isEqualTo(2);
    assertThat(err.toString()).contains("it must be 1 to 3").doesNotContain("\tat ");
  }

  @Test
  void shouldRefuseBudgetsAndCapsThatAreNone() throws IOException {
    String events = file("channel\na\nb\n");
    for (String wrong : new String[] {"0", "-1", "NaN", "Infinity", "1e300"}) {
      assertThat(run("channels", "--events", events, "--budget", wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(err.toString()).contains("the budget is -1.0", "the budget is Infinity");
    for (String wrong : new String[] {"0", "-0.1", "NaN", "Infinity"}) {
      assertThat(run("channels", "--events", events, "--cap", wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(err.toString()).contains("--cap is NaN").doesNotContain("\tat ");
  }

  @Test
  void shouldAnswerWhatIsBare_withExitCodeZero() throws IOException {
    String header = "channel,segment,user,occurred_at,type\n";
    String loop = "a,x,u1,2026-01-01,click\n".repeat(200);
    String[] bare = {
      // One channel, one segment, a single path.
      header + "a,x,u1,2026-01-01,click\na,x,u1,2026-01-02,purchase\n",
      // A path that only loops; nothing bought.
      header + loop,
      // It never leads to the one that is bought through: two islands.
      header + loop + "b,x,u2,2026-01-01,click\nb,x,u2,2026-01-02,purchase\n",
      // A segment that only looks, and a channel through which nobody clicks.
      header + "a,x,u1,2026-01-01,click\nb,y,u2,2026-01-01,view\n",
      // A purchase before any click.
      header + "a,x,u1,2026-01-01,purchase\nb,y,u2,2026-01-01,click\n",
    };
    for (String text : bare) {
      Path json = folder.resolve("bare.json");
      int code = run("channels", "--events", file(text), "--json", json.toString());
      assertThat(code).as("%s%s", text, err).isZero();
      assertThat(Files.readString(json)).doesNotContain("NaN", "Infinity");
      JsonNode root = new ObjectMapper().readTree(json.toFile());
      double sum = 0;
      for (JsonNode share : root.at("/allocation/shares")) {
        sum += share.asDouble();
      }
      assertThat(sum).as(text).isEqualTo(1, within(1e-9));
      for (JsonNode model : root.at("/attribution/models")) {
        double credits = 0;
        for (JsonNode credit : model) {
          credits += credit.path("share").asDouble();
        }
        assertThat(credits).as(text).isEqualTo(1, within(1e-9));
      }
    }
    assertThat(out.toString()).doesNotContain("NaN", "Infinity");
    // Nobody clicks at all.
    assertThat(run("channels", "--events", file(header + "a,x,u1,2026-01-01,view\n"))).isEqualTo(2);
    assertThat(err.toString()).contains("None of the 1 events is a click");
    // Caps that cannot meet the budget: the rest is said to be left over.
    assertThat(run("channels", "--events", file("channel\na\nb\n"), "--cap", "0.3")).isZero();
    assertThat(out.toString()).containsPattern("(?s)cap.*40\\.00");
    assertThat(err.toString()).doesNotContain("\tat ");
  }

  @Test
  void shouldDocumentTheColumns_inItsHelp() {
    assertThat(run("channels", "--help")).isZero();
    assertThat(out.toString())
        .contains("--channel-column", "--segment-column", "--purchase-column", "TrafficType");
  }
}
