package io.channelwise.promotion;

import static io.channelwise.campaign.TableSpec.Column.optional;
import static io.channelwise.campaign.TableSpec.Column.required;

import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code activities.csv}: which material is planned for which channel. */
@Component
class ActivityTable implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "activities",
          new Text("Promotion activities", "推广活动"),
          List.of(
              required("activity", "推广活动", Type.TEXT),
              required("material", "宣传材料", Type.TEXT).in("materials.material"),
              required("channel", "渠道", Type.TEXT).in("channels.channel"),
              optional("start", "开始", Type.DATE),
              optional("end", "结束", Type.DATE),
              optional("budget", "预算", Type.NUMBER).between(0, 1e13)),
          List.of("activity", "material", "channel"),
          false);

  private final PromotionRepository promotions;

  ActivityTable(PromotionRepository promotions) {
    this.promotions = promotions;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    promotions.deleteActivities(campaignKey);
    long stored = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      promotions.insertActivity(
          campaignKey,
          row.line(),
          new Activity(
              row.text("activity"),
              row.text("material"),
              row.text("channel"),
              row.date("start"),
              row.date("end"),
              row.number("budget")));
      stored++;
    }
    return stored;
  }
}
