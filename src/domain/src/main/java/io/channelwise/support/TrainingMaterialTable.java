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

/** {@code training-material.csv}: what support learns and answers from. */
@Component
class TrainingMaterialTable implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "training-material",
          new Text("Training material", "培训资料"),
          List.of(
              required("material", "培训资料", Type.TEXT),
              optional("channel", "培训渠道", Type.TEXT),
              required("title", "标题", Type.TEXT),
              required("body", "正文", Type.TEXT)),
          List.of("material"),
          false);

  private final SupportRepository support;

  TrainingMaterialTable(SupportRepository support) {
    this.support = support;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    support.deleteMaterials(campaignKey);
    long stored = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      String title = row.text("title");
      String body = row.text("body");
      support.insertMaterial(
          campaignKey,
          new TrainingMaterial(
              row.text("material"),
              row.text("channel"),
              title,
              body,
              Language.of(title + "\n" + body)));
      stored++;
    }
    return stored;
  }
}
