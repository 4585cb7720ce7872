package io.channelwise.feedback;

import static io.channelwise.campaign.TableSpec.Column.optional;
import static io.channelwise.campaign.TableSpec.Column.required;

import io.channelwise.campaign.Row;
import io.channelwise.campaign.TableLoader;
import io.channelwise.campaign.TableSpec;
import io.channelwise.campaign.TableSpec.Type;
import io.channelwise.campaign.Text;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** {@code feedback.csv}: what customers said before the campaign, labelled or not. */
@Component
class FeedbackTable implements TableLoader {
  private static final int CHUNK = 500;
  private static final TableSpec SPEC =
      new TableSpec(
          "feedback",
          new Text("Feedback", "反馈数据"),
          List.of(
              required("kind", "反馈类型", Type.TEXT),
              required("text", "内容", Type.TEXT),
              optional("label", "标签", Type.TEXT),
              optional("rating", "评分", Type.NUMBER).between(1, 5),
              optional("created_at", "时间", Type.TIMESTAMP)),
          List.of(),
          false);

  private final FeedbackRepository feedback;
  private final Clock clock;

  FeedbackTable(FeedbackRepository feedback, Clock clock) {
    this.feedback = feedback;
    this.clock = clock;
  }

  @Override
  public TableSpec spec() {
    return SPEC;
  }

  @Override
  public long load(String campaignKey, Iterator<Row> rows) {
    feedback.deleteImported(campaignKey);
    Instant now = clock.instant();
    long stored = 0;
    List<Feedback> chunk = new ArrayList<>(CHUNK);
    while (rows.hasNext()) {
      chunk.add(feedback(rows.next(), now));
      if (chunk.size() == CHUNK || !rows.hasNext()) {
        feedback.save(campaignKey, chunk);
        stored += chunk.size();
        chunk.clear();
      }
    }
    return stored;
  }

  private static Feedback feedback(Row row, Instant now) {
    String label = row.text("label");
    Instant createdAt = row.timestamp("created_at");
    return new Feedback(
        "import",
        Long.toString(row.line()),
        row.text("kind"),
        row.text("text"),
        label == null ? null : label.toLowerCase(Locale.ROOT),
        null,
        row.number("rating"),
        createdAt == null ? now : createdAt);
  }
}
