package io.channelwise.channel;

import io.channelwise.campaign.InvalidDataException;
import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Loads {@code channels.csv}: one row a channel, one market or any. Thread-safe. */
@Component
class ChannelsLoader implements TableLoader {
  /** More people than there are, and more money than a deal could offer. */
  private static final double MOST = 1e11;

  static final TableSpec SPEC =
      new TableSpec(
          "channels",
          new Text("Channels", "渠道资源"),
          List.of(
              Column.required("channel", "渠道", Type.TEXT),
              Column.optional("market", "市场", Type.TEXT).in("survey.market"),
              Column.required("kind", "类型", Type.TEXT),
              Column.required("reach", "覆盖", Type.NUMBER).between(0, MOST),
              Column.optional("fixed_cost", "固定成本", Type.NUMBER).between(0, MOST),
              Column.optional("revenue_share", "分成", Type.SHARE),
              Column.optional("parent", "上级渠道", Type.TEXT).in("channels.channel"),
              Column.optional("contact", "联系方式", Type.TEXT),
              Column.optional("half_saturation", "半饱和支出", Type.NUMBER)
                  .atLeast(0.01)
                  .atMost(EventsLoader.AMOUNT_MAX)),
          List.of("channel"),
          true);

  private static final Text NO_CIRCLE =
      new Text("a channel that does not itself resell for this one", "一个不隶属于本渠道的上级渠道");

  private final ChannelRepository repository;

  ChannelsLoader(ChannelRepository repository) {
    this.repository = repository;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  /**
   * @throws InvalidDataException when channels resell for each other in a circle, or a name is too
   *     long
   */
  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    repository.deleteAll(campaignKey);
    RowFindings findings = new RowFindings("channels.csv");
    Map<String, Row> parents = new HashMap<>();
    long count = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.text("parent") != null) {
        parents.put(row.text("channel"), row);
        checkCircle(row, parents, findings);
      }
      findings.checkLength(row.line(), "channel", row.text("channel"));
      findings.checkLength(row.line(), "kind", row.text("kind"));
      findings.throwIfAny();
      repository.insert(campaignKey, channel(row));
      count++;
    }
    return count;
  }

  private static Channel channel(Row row) {
    return new Channel(
        row.text("channel"),
        row.text("market"),
        row.text("kind"),
        row.number("reach"),
        orZero(row.number("fixed_cost")),
        orZero(row.number("revenue_share")),
        row.text("parent"),
        row.text("contact"),
        row.number("half_saturation"));
  }

  private static double orZero(Double value) {
    return value == null ? 0 : value;
  }

  /** The row that closes a circle is the last of it to be read, so that checking it is enough. */
  private static void checkCircle(Row row, Map<String, Row> parents, RowFindings findings) {
    String channel = row.text("channel");
    Set<String> seen = new HashSet<>();
    Row current = row;
    while (current != null && seen.add(current.text("channel"))) {
      String parent = current.text("parent");
      if (parent.equals(channel)) {
        findings.add(row.line(), "parent", row.text("parent"), NO_CIRCLE);
        return;
      }
      current = parents.get(parent);
    }
  }
}
