package io.channelwise.promotion;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import io.channelwise.promotion.RankedMaterials.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which material suits which segment, and what follows from it, for people. */
final class MaterialRankTables {
  private static final Source CLICK_RATE =
      Sources.method(
          "material-click-rate",
          new Text(
              "Click rate: posterior mean of a Beta distribution whose prior is worth one click at"
                  + " the segment's rate over all materials; middle 95 % of it. Events name no"
                  + " material: what happened on a channel counts for every material sent there",
              "点击率：Beta 后验均值，先验相当于按该用户群总体点击率计的一次点击；区间取中间 95 %。" + "事件不含材料名称，渠道上的行为计入投放到该渠道的每份材料"));

  private static final Source MEAN_FIT =
      Sources.method(
          "material-order",
          new Text(
              "Σ_U P(U) R(C,U) s(U,M) / Σ_U P(U) R(C,U): score s of material M in segment U,"
                  + " weighted by the clicks to expect of the segment on channel C",
              "Σ_U P(U) R(C,U) s(U,M) / Σ_U P(U) R(C,U)：材料 M 在用户群 U 的得分 s，"
                  + "按该用户群在渠道 C 上的预期点击加权"));

  private MaterialRankTables() {}

  /** What the ranking stands on, in a sentence. */
  static Text sentence(RankedMaterials ranking) {
    return switch (ranking.source()) {
      case MODEL ->
          new Text(
              "They are ranked for each segment by version %d of model %s, and each channel sends first what suits its strongest segments; no money depends on it."
                  .formatted(ranking.modelVersion(), ranking.modelName()),
              "材料由模型 %s 第 %d 版按用户群排名，各渠道先发送最适合其主要用户群的材料；金额不受影响。"
                  .formatted(ranking.modelName(), ranking.modelVersion()));
      case CLICKS ->
          new Text(
              "They are ranked for each segment by clicks a view where they went before, because no model %s is released; each channel sends first what suits its strongest segments, and no money depends on it."
                  .formatted(MaterialRankService.MODEL),
              "由于尚未发布模型 %s，材料按以往投放的点击率为各用户群排名；各渠道先发送最适合其主要用户群的材料，金额不受影响。"
                  .formatted(MaterialRankService.MODEL));
      case NONE ->
          new Text(
              "They stand unranked: no model %s is released, and no view of them is recorded yet; each channel sends them by name."
                  .formatted(MaterialRankService.MODEL),
              "材料尚无排名：没有已发布的模型 %s，也没有这些材料的浏览记录；各渠道按名称顺序发送。".formatted(MaterialRankService.MODEL));
    };
  }

  /**
   * The ranking and what each channel sends first, as far as they are known.
   *
   * @param recorded where the ranking lies
   */
  static List<Table> tables(
      Optional<RankedMaterials> ranking, List<MaterialOrder.Placed> order, Source recorded) {
    return Stream.concat(
            ranking.flatMap(r -> ranking(r, recorded)).stream(), order(order, recorded).stream())
        .toList();
  }

  private static Optional<Table> ranking(RankedMaterials ranking, Source recorded) {
    return switch (ranking.source()) {
      case MODEL -> Optional.of(byModel(ranking, recorded));
      case CLICKS ->
          Optional.of(
              byClicks(
                  new Text(
                      "Which material suits which segment, by clicks before these were sent",
                      "各用户群适合的材料（按投放前的点击率）"),
                  ranking.ranks(),
                  recorded));
      case NONE -> Optional.empty();
    };
  }

  /** What was measured after the materials went out. */
  static Table measured(RankedMaterials clicks, Source events) {
    return byClicks(
        new Text(
            "Which material suits which segment, by clicks on the channels it went to",
            "各用户群适合的材料（按投放渠道的点击率）"),
        clicks.ranks(),
        events);
  }

  private static Table byModel(RankedMaterials ranking, Source recorded) {
    Source version =
        new Source(
            "model/%s/%d".formatted(ranking.modelName(), ranking.modelVersion()),
            new Text(
                "Version %d of model %s read what the segment's customers named and the material's title and text"
                    .formatted(ranking.modelVersion(), ranking.modelName()),
                "模型 %s 第 %d 版，读取该用户群提到的痛点与材料的标题和正文"
                    .formatted(ranking.modelName(), ranking.modelVersion())),
            Sources.path("api", "models", ranking.modelName(), "versions"));
    return new Table(
            new Text(
                "Which material suits which segment, by model %s, version %d"
                    .formatted(ranking.modelName(), ranking.modelVersion()),
                "各用户群适合的材料（模型 %s 第 %d 版）".formatted(ranking.modelName(), ranking.modelVersion())),
            List.of(
                new Text("Segment", "用户群"),
                new Text("Rank", "名次"),
                new Text("Material", "宣传材料"),
                new Text("Probability that it suits (0–1)", "适合的概率（0–1）")),
            ranking.ranks().stream()
                .map(r -> List.<Object>of(r.segment(), r.place(), r.material(), r.score()))
                .toList())
        .from(List.of(version, recorded));
  }

  private static Table byClicks(Text title, List<Rank> ranks, Source input) {
    return new Table(
            title,
            List.of(
                new Text("Segment", "用户群"),
                new Text("Rank", "名次"),
                new Text("Material", "宣传材料"),
                new Text("Views", "浏览"),
                new Text("Clicks", "点击"),
                new Text("Click rate (0–1)", "点击率（0–1）"),
                new Text("95 % from", "95 % 下界"),
                new Text("to", "上界")),
            ranks.stream()
                .map(
                    r ->
                        List.<Object>of(
                            r.segment(),
                            r.place(),
                            r.material(),
                            r.views(),
                            r.clicks(),
                            r.score(),
                            r.low(),
                            r.high()))
                .toList())
        .from(List.of(input, CLICK_RATE));
  }

  /** The order in which channels with several materials send them; empty when none has several. */
  private static Optional<Table> order(List<MaterialOrder.Placed> order, Source recorded) {
    Map<String, List<MaterialOrder.Placed>> channels =
        order.stream()
            .collect(
                Collectors.groupingBy(
                    MaterialOrder.Placed::channel, TreeMap::new, Collectors.toList()));
    channels.values().removeIf(placed -> placed.size() < 2);
    if (channels.isEmpty()) {
      return Optional.empty();
    }
    List<List<Object>> rows = new ArrayList<>();
    channels
        .values()
        .forEach(
            placed ->
                placed.forEach(
                    p -> rows.add(List.of(p.channel(), p.position(), p.material(), p.fit()))));
    return Optional.of(
        new Table(
                new Text("What each channel sends first", "各渠道的发送顺序"),
                List.of(
                    new Text("Channel", "渠道"),
                    new Text("Order", "顺序"),
                    new Text("Material", "宣传材料"),
                    new Text("Mean score, by the channel's segments (0–1)", "按渠道用户群加权的平均得分（0–1）")),
                rows)
            .from(List.of(recorded, MEAN_FIT)));
  }
}
