package io.channelwise.channel;

import io.channelwise.campaign.Briefing.Figure;
import io.channelwise.campaign.Briefing.Table;
import io.channelwise.campaign.Text;
import io.channelwise.model.SegmentProbabilities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells people where P(U) comes from. */
public final class SegmentWeights {
  private SegmentWeights() {}

  /** One sentence. */
  public static Text sentence(Attraction attraction) {
    SegmentProbabilities known = attraction.purchases();
    if (known == null) {
      return new Text(
          "P(U) is each segment's share of the clicks, as no model of this campaign's purchases is released yet.",
          "P(U) 为各用户群的点击占比，因为尚未发布本活动的购买概率模型。");
    }
    int users = known.segments().stream().mapToInt(SegmentProbabilities.Segment::users).sum();
    return new Text(
        "P(U) is the mean purchase probability of each segment by %s, version %d, held out over %d users."
            .formatted(known.modelName(), known.version(), users),
        "P(U) 为各用户群的平均购买概率，来自 %s 版本 %d（%d 名用户，留出估计）。"
            .formatted(known.modelName(), known.version(), users));
  }

  /** The model and its version; empty when clicks weigh. */
  public static Optional<Figure> figure(Attraction attraction) {
    return Optional.ofNullable(attraction.purchases())
        .map(
            known ->
                new Figure("segment-weights", new Text("Source of P(U)", "P(U) 的来源"), id(known), "")
                    .from(List.of(known.source())));
  }

  /** Each segment's purchase probability with its interval; empty when clicks weigh. */
  public static Optional<Table> table(Attraction attraction) {
    SegmentProbabilities known = attraction.purchases();
    if (known == null) {
      return Optional.empty();
    }
    Map<String, SegmentProbabilities.Segment> bySegment =
        known.segments().stream()
            .collect(Collectors.toMap(SegmentProbabilities.Segment::segment, Function.identity()));
    List<List<Object>> rows = new ArrayList<>();
    for (Attraction.Segment segment : attraction.segments()) {
      SegmentProbabilities.Segment met = bySegment.get(segment.segment());
      rows.add(
          met == null
              ? Arrays.asList(
                  segment.segment(), null, known.ofAll(), null, null, null, segment.weight())
              : List.of(
                  segment.segment(),
                  met.users(),
                  met.probability(),
                  met.low(),
                  met.high(),
                  met.observed(),
                  segment.weight()));
    }
    return Optional.of(
        new Table(
                new Text(
                    "Purchase probability by segment (%s), with 95 %% intervals"
                        .formatted(id(known)),
                    "各用户群购买概率（%s）及 95%% 区间".formatted(id(known))),
                List.of(
                    new Text("Segment", "用户群"),
                    new Text("Users", "用户数"),
                    new Text("Probability", "概率"),
                    new Text("Low", "下限"),
                    new Text("High", "上限"),
                    new Text("Share that bought", "实际购买占比"),
                    new Text("Weight P(U)", "权重 P(U)")),
                rows)
            .from(List.of(known.source())));
  }

  private static String id(SegmentProbabilities known) {
    return "%s v%d".formatted(known.modelName(), known.version());
  }
}
