package io.channelwise.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.channelwise.campaign.InvalidDataException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CsvEventsTest {
  private static final String HEADER = "event_id,user,segment,channel,type,occurred_at,revenue\n";

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> rows(String csv) {
    RowFindings findings = new RowFindings("events");
    Set<String> channels = Set.of("shop", "a \"b\"", "论坛");
    CsvEvents events =
        new CsvEvents(text(csv), channels, new EventCheck(channels, findings), findings);
    List<String> rows = new ArrayList<>();
    StringBuilder row = new StringBuilder();
    while (events.next(row)) {
      rows.add(row.toString());
      row.setLength(0);
    }
    findings.throwIfAny();
    return rows;
  }

  @Test
  void shouldCopyPlainRowsAsTheyAre_andNormaliseTheOthers() {
    assertThat(
            rows(
                HEADER
                    + "1,u,s,shop,click,2026-01-31T12:00:00Z,1.50\n"
                    + "2, u ,s,shop,CLICK,2026-01-28T12:00:00.5Z,\r\n"
                    + "\n"
                    + "3,用户,s,论坛,点击,2026-01-28,1e3\n"
                    + "\"4\",\"u\nv\",\"s\\t\",\"a \"\"b\"\"\",view,2026-01-28T12:00:00+01:00,0"))
        .containsExactly(
            "1\tu\ts\tshop\tclick\t2026-01-31T12:00:00Z\t1.5\t0.0\n",
            "2\tu\ts\tshop\tclick\t2026-01-28T12:00:00.500Z\t0.0\t0.0\n",
            "3\t用户\ts\t论坛\tclick\t2026-01-28T00:00:00Z\t1000.0\t0.0\n",
            "4\tu\\nv\ts\\\\t\ta \"b\"\tview\t2026-01-28T11:00:00Z\t0.0\t0.0\n");
    assertThat(rows(HEADER + "1,用户,s,论坛,click,2026-01-28T12:00:00.123456Z,12.\n"))
        .containsExactly("1\t用户\ts\t论坛\tclick\t2026-01-28T12:00:00.123456Z\t12.\t0\n");
  }

  @Test
  void shouldAgreeWithTheCheck_onWhateverTheCellsHold() {
    String[] texts = {"x", " x", "x\\y", "é", "\u3000x", "", "x".repeat(201)};
    String[] types = {"click", "view", "purchase", "Click", "buy", ""};
    String[] times = {
      "2026-02-28T00:00:00Z",
      "2026-02-30T00:00:00Z",
      "2026-13-01T00:00:00Z",
      "2026-01-01T24:00:00Z",
      "1969-12-31T00:00:00Z",
      "2200-01-01T00:00:00Z",
      "2026-01-01T00:00:00.Z",
      "2026-01-01 00:00:00",
      "2026-01-01T00:00:00.1234567Z",
      "x"
    };
    String[] numbers = {
      "", "0", "1.25", ".5", "-1", "NaN", "Infinity", "1e400", "12345678901234567"
    };
    Random random = new Random(9);
    for (int i = 0; i < 3_000; i++) {
      String id = texts[random.nextInt(texts.length)];
      String type = types[random.nextInt(3 + random.nextInt(4))];
      String time = times[random.nextInt(1 + random.nextInt(times.length))];
      String number = numbers[random.nextInt(numbers.length)];
      String channel = random.nextInt(9) == 0 ? "radio" : "shop";
      RowFindings expected = new RowFindings("events");
      Event event =
          new EventCheck(Set.of("shop"), expected)
              .event(
                  2,
                  column ->
                      switch (column) {
                        case "event_id" -> id;
                        case "channel" -> channel;
                        case "type" -> type;
                        case "occurred_at" -> time;
                        case "revenue" -> number;
                        case "cost" -> "";
                        default -> "u";
                      });
      String csv = HEADER + String.join(",", id, "u", "u", channel, type, time, number) + "\n";
      if (event == null) {
        assertThatThrownBy(() -> rows(csv)).as(csv).isInstanceOf(InvalidDataException.class);
      } else {
        String[] cells = rows(csv).get(0).strip().split("\t");
        assertThat(Double.parseDouble(cells[6])).as(csv).isEqualTo(event.revenue());
        assertThat(Instant.parse(cells[5])).as(csv).isEqualTo(event.occurredAt());
        assertThat(cells[4]).isEqualTo(event.type());
        assertThat(CopyText.unescape(cells[0])).isEqualTo(event.eventId());
      }
    }
  }

  @Test
  void shouldReadRecords_acrossTheBuffer() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i < 20_000; i++) {
      csv.append(i).append(",\"u, ").append(i).append("\",s,shop,click,2026-01-01T00:00:00Z,0\n");
    }

    List<String> rows = rows(csv.toString());

    assertThat(rows).hasSize(20_000);
    assertThat(rows.get(19_999)).startsWith("19999\tu, 19999\ts\tshop");
  }

  @Test
  void shouldNameTheRow_whereTheFileCannotBeReadOn() {
    String good = "1,u,s,shop,click,2026-01-01T00:00:00Z,0\n";
    assertThatThrownBy(() -> rows(HEADER + good + "2,\"u,s\n"))
        .hasMessageContaining("row 3: found “a quote that is never closed”");
    assertThatThrownBy(() -> rows(HEADER + good + "2,\"u\"x,s\n"))
        .hasMessageContaining("row 3: found “text behind a closing quote”");
    assertThatThrownBy(() -> rows(HEADER + "2,\"" + "x".repeat(100_000)))
        .hasMessageContaining("row 2");
    assertThatThrownBy(() -> rows(HEADER + "x".repeat(100_000) + "," + "y".repeat(300_000)))
        .hasMessageContaining("a row of more than 65536 characters");
    assertThatThrownBy(() -> rows(HEADER + "2,u\n"))
        .hasMessageContaining("column segment: found nothing");
  }
}
