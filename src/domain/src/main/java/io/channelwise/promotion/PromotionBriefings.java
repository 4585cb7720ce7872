package io.channelwise.promotion;

import io.channelwise.campaign.Briefing;
import io.channelwise.campaign.Briefing.Chart;
import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Series;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.Text;
import io.channelwise.channel.Attraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** What people see before they approve materials and budget. */
@Component
class PromotionBriefings {
  private static final int PREVIEW_MAX = 300;

  Briefing materials(List<Material> prepared, List<String> signed, List<Activity> activities) {
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
        new Text("Promotion materials", "宣传材料"),
        new Text(
            "These texts go out, word for word, through the channels with a signed deal. Reject by the material's name.",
            "以下内容将原文通过已签约渠道发出。如需拒绝，请填写材料名称。"),
        figures,
        List.of(materialTable(prepared), activityTable(signed, activities)),
        List.of());
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

  Briefing budget(Campaign campaign, Allocation allocation, Attraction attraction) {
    List<Allocation.Share> funded = allocation.funded();
    return new Briefing(
        new Text("Promotion budget", "推广预算"),
        sentence(campaign, allocation, funded),
        figures(campaign, allocation, funded),
        List.of(shareTable(allocation, attraction)),
        List.of(
            new Chart(
                new Text("Budget by channel", "各渠道预算"),
                "bar",
                allocation.shares().stream().map(s -> new Text(s.channel(), s.channel())).toList(),
                List.of(
                    new Series(
                        new Text(campaign.currency(), campaign.currency()),
                        allocation.shares().stream()
                            .map(s -> s.amount().doubleValue())
                            .toList())))));
  }

  private static Text sentence(
      Campaign campaign, Allocation allocation, List<Allocation.Share> funded) {
    Allocation.Share first = allocation.shares().get(0);
    double percent = 100 * first.amount().doubleValue() / allocation.budget().doubleValue();
    String amount =
        String.format(Locale.ROOT, "%,.0f %s", first.amount().doubleValue(), campaign.currency());
    return new Text(
        String.format(
            Locale.ROOT,
            "%s gets most: %s (%.1f %%). Channels with money: %d. Half is released at the start; results then steer the rest, to no channel more than 1.5 times its amount, in all never more than the budget.",
            first.channel(),
            amount,
            percent,
            funded.size()),
        String.format(
            Locale.ROOT,
            "%d 个渠道获得预算，其中%s最多：%s（%.1f %%）。启动时释放一半，其余按效果调配：单个渠道不超过其金额的 1.5 倍，总额绝不超出预算。",
            funded.size(),
            first.channel(),
            amount,
            percent));
  }

  private static List<Figure> figures(
      Campaign campaign, Allocation allocation, List<Allocation.Share> funded) {
    List<Figure> figures =
        new ArrayList<>(
            List.of(
                new Figure(
                    "budget",
                    new Text("Budget", "预算"),
                    allocation.budget().doubleValue(),
                    campaign.currency()),
                new Figure(
                    "allocated",
                    new Text("Shared out", "已分配"),
                    allocation.allocated().doubleValue(),
                    campaign.currency()),
                new Figure(
                    "channels", new Text("Channels with money", "获得预算的渠道"), funded.size(), ""),
                new Figure(
                    "objective",
                    new Text("Objective Σ P(U) log Σ b R", "目标值 Σ P(U) log Σ b R"),
                    allocation.objective(),
                    ""),
                new Figure(
                    "duality-gap",
                    new Text("Duality gap (0 is proven optimal)", "对偶间隙（0 表示已证明最优）"),
                    allocation.dualityGap(),
                    "")));
    if (!allocation.excluded().isEmpty()) {
      figures.add(
          new Figure(
              "excluded",
              new Text("Left out on purpose", "主动排除"),
              String.join(", ", allocation.excluded()),
              ""));
    }
    return figures;
  }

  private static Table shareTable(Allocation allocation, Attraction attraction) {
    return new Table(
        new Text("Budget by channel", "各渠道预算"),
        List.of(
            new Text("Channel", "渠道"),
            new Text("Optimal share (0–1)", "最优份额（0–1）"),
            new Text("Amount", "金额"),
            new Text("Attraction (0–1)", "吸引度（0–1）")),
        allocation.shares().stream()
            .map(
                s ->
                    Arrays.<Object>asList(
                        s.channel(),
                        s.share(),
                        s.amount().doubleValue(),
                        attraction.of(s.channel()).map(Attraction.Ranked::attraction).orElse(null)))
            .toList());
  }
}
