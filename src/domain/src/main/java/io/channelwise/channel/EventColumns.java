package io.channelwise.channel;

import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which columns of a CSV hold what; null for the header of {@code events.csv}, in English or
 * Chinese.
 *
 * @param channel which way the user came; the only column that must be there
 * @param segment without it all users are one segment
 * @param user without it each row is a user of its own
 * @param time when it happened; needed where there is a user column
 * @param type view, click or purchase; without it each row is a click
 * @param purchase whether the row's click ended in a purchase: 1 or 0, yes or no, true or false;
 *     null for none
 * @param event id of the event; the same id twice is refused
 * @param revenue of a purchase; without it there is none, an empty cell is 0
 * @param cost of showing or of the click; without it there is none, an empty cell is 0
 */
public record EventColumns(
    String channel,
    String segment,
    String user,
    String time,
    String type,
    String purchase,
    String event,
    String revenue,
    String cost) {

  /** As in {@code events.csv}. */
  public static final EventColumns CANONICAL =
      new EventColumns(null, null, null, null, null, null, null, null, null);

  String channelName() {
    return channel == null ? "channel" : channel;
  }

  String segmentName() {
    return segment == null ? "segment" : segment;
  }

  String userName() {
    return user == null ? "user" : user;
  }

  String timeName() {
    return time == null ? "occurred_at" : time;
  }

  String typeName() {
    return type == null ? "type" : type;
  }

  String eventName() {
    return event == null ? "event_id" : event;
  }

  String revenueName() {
    return revenue == null ? "revenue" : revenue;
  }

  String costName() {
    return cost == null ? "cost" : cost;
  }

  /**
   * @param present columns known to be in the file; empty while unknown
   */
  TableSpec spec(Set<String> present) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.required(channelName(), zh(channel, "渠道"), Type.TEXT));
    columns.add(column(segment, segmentName(), "用户群", Type.TEXT));
    columns.add(column(user, userName(), "用户", Type.TEXT));
    columns.add(column(time, timeName(), "时间", Type.TIMESTAMP));
    columns.add(
        column(type, typeName(), "类型", Type.TEXT)
            .oneOf(
                new Choice("view", "浏览"), new Choice("click", "点击"), new Choice("purchase", "购买")));
    columns.add(column(event, eventName(), "事件编号", Type.TEXT));
    columns.add(amount(revenue, revenueName(), "收入", present));
    columns.add(amount(cost, costName(), "成本", present));
    if (purchase != null) {
      columns.add(Column.required(purchase, purchase, Type.BOOLEAN));
    }
    List<Column> distinct = new ArrayList<>();
    for (Column c : columns) {
      // A header that was given another meaning loses its usual one.
      if (c.required() || columns.stream().noneMatch(o -> o != c && sameHeader(o, c))) {
        boolean filled = c.type() != Type.NUMBER && present.contains(c.name());
        distinct.add(filled ? needed(c) : c);
      }
    }
    return new TableSpec(
        "events",
        new Text("Behaviour events", "行为数据"),
        distinct,
        present.contains(eventName()) ? List.of(eventName()) : List.of(),
        true);
  }

  private static boolean sameHeader(Column one, Column other) {
    return one.name().equalsIgnoreCase(other.name());
  }

  /** A column that the file has must have a value in each row; amounts may be left empty. */
  private static Column needed(Column c) {
    return new Column(
        c.name(), c.zh(), c.type(), true, c.min(), c.max(), c.values(), c.references());
  }

  /** The column must be there when it was named, not each of its values. */
  private static Column amount(String given, String name, String chinese, Set<String> present) {
    Column column =
        given == null || !present.isEmpty()
            ? Column.optional(name, zh(given, chinese), Type.NUMBER)
            : Column.required(name, zh(given, chinese), Type.NUMBER);
    return column.atLeast(0).atMost(EventsLoader.AMOUNT_MAX);
  }

  private static Column column(String given, String name, String chinese, Type type) {
    return given == null
        ? Column.optional(name, chinese, type)
        : Column.required(name, zh(given, chinese), type);
  }

  private static String zh(String given, String chinese) {
    return given == null ? chinese : given;
  }
}
