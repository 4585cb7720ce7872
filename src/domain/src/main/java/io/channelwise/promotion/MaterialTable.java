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

/** {@code materials.csv}: what a campaign promotes with. */
@Component
class MaterialTable implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "materials",
          new Text("Promotion materials", "宣传材料"),
          List.of(
              required("material", "宣传材料", Type.TEXT),
              required("kind", "类型", Type.TEXT),
              optional("channel", "推广渠道", Type.TEXT).in("channels.channel"),
              required("title", "标题", Type.TEXT),
              required("body", "正文", Type.TEXT)),
          List.of("material", "channel"),
          false);

  private final PromotionRepository promotions;

  MaterialTable(PromotionRepository promotions) {
    this.promotions = promotions;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    promotions.deleteMaterials(campaignKey);
    long stored = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      promotions.insertMaterial(
          campaignKey,
          row.line(),
          new Material(
              row.text("material"),
              row.text("kind"),
              row.text("channel"),
              row.text("title"),
              row.text("body")));
      stored++;
    }
    return stored;
  }
}
