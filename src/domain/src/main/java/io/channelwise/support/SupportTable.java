package io.channelwise.support;

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

/** {@code support.csv}: the channels customers reach support by. */
@Component
class SupportTable implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "support",
          new Text("Support system", "支持系统"),
          List.of(
              required("support_channel", "支持渠道", Type.TEXT),
              optional("hours", "服务时间", Type.TEXT),
              optional("sla_minutes", "响应时限", Type.INTEGER).between(0, Integer.MAX_VALUE)),
          List.of("support_channel"),
          false);

  private final SupportRepository support;

  SupportTable(SupportRepository support) {
    this.support = support;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    support.deleteChannels(campaignKey);
    long stored = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      Long sla = row.integer("sla_minutes");
      support.insertChannel(
          campaignKey,
          new SupportChannel(
              row.text("support_channel"), row.text("hours"), sla == null ? null : sla.intValue()));
      stored++;
    }
    return stored;
  }
}
