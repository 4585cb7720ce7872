package io.channelwise.promotion;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What people see before they approve materials. */
@Component
class PromotionBriefings {
  private static final int PREVIEW_MAX = 300;

  /**
   * @param prepared in the order in which each channel sends them
   * @param ranking which material suits which segment; empty before they are ranked
   * @param order what each channel sends first; empty when nothing is ranked
   * @param recorded where the ranking lies
   */
  Briefing materials(
      List<Material> prepared,
      List<String> signed,
      List<Activity> activities,
      Optional<RankedMaterials> ranking,
      List<MaterialOrder.Placed> order,
      Source recorded) {
    // The form reads the materials from the first table.
    List<Table> tables = new ArrayList<>();
    tables.add(materialTable(prepared));
    tables.add(activityTable(signed, activities));
    tables.addAll(MaterialRankTables.tables(ranking, order, recorded));
    List<String> without =
        signed.stream()
            .filter(channel -> prepared.stream().noneMatch(m -> m.channel().equals(channel)))
            .toList();
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                new Figure("materials", new Text("Materials", "宣传材料"), prepared.size(), ""),
                new Figure(
                    "channels",
                    new Text("Channels with a signed deal", "已签约渠道"),
                    signed.size(),
                    "")));
    if (!without.isEmpty()) {
      figures.add(
          new Figure(
              "channels-without",
              new Text("Channels without a material (left out)", "无材料渠道（不参与推广）"),
              String.join(", ", without),
              ""));
    }
    return new Briefing(
        new Text("Promotion materials", "宣传材料"), summary(ranking), figures, tables, List.of());
  }

  private static Text summary(Optional<RankedMaterials> ranking) {
    Text said = ranking.map(MaterialRankTables::sentence).orElse(new Text("", ""));
    return new Text(
        ("These texts go out, word for word, through the channels with a signed deal. Reject by the material's name. "
                + said.en())
            .strip(),
        "以下内容将原文通过已签约渠道发出。如需拒绝，请填写材料名称。" + said.zh());
  }

  private static Table materialTable(List<Material> prepared) {
    return new Table(
        new Text("Materials by channel", "各渠道材料"),
        List.of(
            new Text("Material", "宣传材料"),
            new Text("Channel", "渠道"),
            new Text("Kind", "类型"),
            new Text("Title", "标题"),
            new Text("Preview", "预览")),
        prepared.stream()
            .map(
                m ->
                    List.<Object>of(
                        m.material(), m.channel(), m.kind(), m.title(), preview(m.body())))
            .toList());
  }

  private static String preview(String body) {
    return body.codePointCount(0, body.length()) <= PREVIEW_MAX
        ? body
        : body.substring(0, body.offsetByCodePoints(0, PREVIEW_MAX)) + "…";
  }

  private static Table activityTable(List<String> signed, List<Activity> activities) {
    return new Table(
        new Text("Planned activities", "计划中的推广活动"),
        List.of(
            new Text("Activity", "推广活动"),
            new Text("Material", "宣传材料"),
            new Text("Channel", "渠道"),
            new Text("Start", "开始"),
            new Text("End", "结束"),
            new Text("Planned budget", "计划预算")),
        activities.stream()
            .filter(a -> signed.contains(a.channel()))
            .map(
                a ->
                    Arrays.<Object>asList(
                        a.activity(),
                        a.material(),
                        a.channel(),
                        a.starts() == null ? null : a.starts().toString(),
                        a.ends() == null ? null : a.ends().toString(),
                        a.budget()))
            .toList());
  }
}
