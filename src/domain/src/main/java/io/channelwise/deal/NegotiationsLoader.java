package io.channelwise.deal;

import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Choice;
import io.channelwise.campaign.TableSpec.Column;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/** Loads {@code negotiations.csv}: one row a round of a past negotiation. Thread-safe. */
@Component
class NegotiationsLoader implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "negotiations",
          new Text("Past negotiations", "谈判结果"),
          List.of(
              Column.required("channel", "渠道", Type.TEXT).in("channels.channel"),
              Column.required("round", "轮次", Type.INTEGER).between(1, 1_000),
              Column.required("revenue_share", "分成", Type.SHARE),
              Column.optional("fixed_fee", "固定费用", Type.NUMBER).between(0, 1e11),
              Column.optional("exclusive", "独家", Type.BOOLEAN),
              Column.optional("term_months", "期限", Type.INTEGER).between(1, 600),
              Column.required("outcome", "结果", Type.TEXT)
                  .oneOf(
                      new Choice("accept", "接受"),
                      new Choice("counter", "还价"),
                      new Choice("reject", "拒绝"))),
          List.of("channel", "round"),
          false);

  private final HistoryRepository history;

  NegotiationsLoader(HistoryRepository history) {
    this.history = history;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    history.deleteAll(campaignKey);
    long count = 0;
    while (rows.hasNext()) {
      history.insert(campaignKey, rows.next());
      count++;
    }
    return count;
  }
}
