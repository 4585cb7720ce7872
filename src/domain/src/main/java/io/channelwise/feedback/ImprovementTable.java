package io.channelwise.feedback;

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

/** {@code improvements.csv}: what could be made better, with effort and value. */
@Component
class ImprovementTable implements TableLoader {
  private static final TableSpec SPEC =
      new TableSpec(
          "improvements",
          new Text("Improvements", "优化数据"),
          List.of(
              required("kind", "优化类型", Type.TEXT),
              required("description", "描述", Type.TEXT),
              optional("effort", "工作量", Type.NUMBER).between(1e-6, 1e9),
              optional("value", "价值", Type.NUMBER).between(0, 1e12)),
          List.of("description"),
          false);

  private final FeedbackRepository feedback;

  ImprovementTable(FeedbackRepository feedback) {
    this.feedback = feedback;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    feedback.deleteImprovements(campaignKey);
    long stored = 0;
    while (rows.hasNext()) {
      Row row = rows.next();
      feedback.insertImprovement(
          campaignKey,
          row.line(),
          new Improvement(
              row.text("kind"),
              row.text("description"),
              row.number("effort"),
              row.number("value")));
      stored++;
    }
    return stored;
  }
}
