package io.channelwise.channel;

import io.channelwise.campaign.CheckedTable;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Loads {@code events.csv}: adds the events whose id is new. Thread-safe. */
@Component
class EventsLoader implements TableLoader {
  /** Of one event; above it sums over many events would leave the range of numbers. */
  static final double AMOUNT_MAX = 1e13;

  static final TableSpec SPEC =
      new TableSpec(
          "events",
          new Text("Behaviour events", "行为数据"),
          List.of(
              Column.required("event_id", "事件编号", Type.TEXT),
              Column.required("user", "用户", Type.TEXT),
              Column.required("segment", "用户群", Type.TEXT),
              Column.required("channel", "渠道", Type.TEXT).in("channels.channel"),
              Column.required("type", "类型", Type.TEXT)
                  .oneOf(
                      new Choice("view", "浏览"),
                      new Choice("click", "点击"),
                      new Choice("purchase", "购买")),
              Column.required("occurred_at", "时间", Type.TIMESTAMP),
              Column.optional("revenue", "收入", Type.NUMBER).atLeast(0).atMost(AMOUNT_MAX),
              Column.optional("cost", "成本", Type.NUMBER).atLeast(0).atMost(AMOUNT_MAX)),
          List.of("event_id"),
          false);

  private static final String FILE = "events.csv";

  private final EventRepository events;
  private final ChannelRepository channels;

  EventsLoader(EventRepository events, ChannelRepository channels) {
    this.events = events;
    this.channels = channels;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public boolean appends() {
    return true;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    RowFindings findings = new RowFindings(FILE);
    Iterator<Event> converted =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return rows.hasNext();
          }

          @Override
          public Event next() {
            return event(rows.next(), findings);
          }
        };
    return events.add(campaignKey, EventRows.of(converted)).added();
  }

  @Override
  public long load(String campaignKey, CheckedTable table) throws IOException {
    if (!table.isPlain()) {
      return TableLoader.super.load(campaignKey, table);
    }
    Set<String> known =
        channels.list(campaignKey).stream().map(Channel::channel).collect(Collectors.toSet());
    try (Reader text = table.text()) {
      PlainEvents rows = new PlainEvents(table, text, known, new RowFindings(FILE));
      return events.add(campaignKey, rows).added();
    }
  }

  /**
   * @throws io.channelwise.campaign.InvalidDataException when the database would refuse the event
   */
  static Event event(Row row, RowFindings findings) {
    findings.checkLength(row.line(), "event_id", row.text("event_id"));
    findings.throwIfAny();
    return Event.of(row);
  }
}
