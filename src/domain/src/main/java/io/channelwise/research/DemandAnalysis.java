package io.channelwise.research;

import io.channelwise.research.DemandFigures.Market;
import io.channelwise.research.DemandFigures.Segment;
import io.channelwise.research.SurveyCounts.Cell;
import io.channelwise.research.SurveyCounts.PainCount;
import io.channelwise.research.SurveyCounts.PriceCount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Need, pain points and demand curve of markets from their counted surveys. */
final class DemandAnalysis {
  static final int PAIN_POINTS_MAX = 20;

  private DemandAnalysis() {}

  /**
   * @param surveys one a market, by market
   */
  static DemandFigures of(List<SurveyCounts> surveys) {
    return new DemandFigures(
        surveys.stream().mapToLong(SurveyCounts::respondents).sum(),
        surveys.stream().map(DemandAnalysis::market).toList());
  }

  private static Market market(SurveyCounts survey) {
    SegmentWeights weights = SegmentWeights.of(survey);
    Optional<DemandCurve> curve = DemandCurveFit.of(weights, survey.prices());
    return new Market(
        survey.market(),
        weights.applied(),
        weights.explanation(),
        total(survey, weights, curve),
        segments(survey, weights),
        painPoints(survey, weights),
        curve.orElse(null));
  }

  private static Demand total(
      SurveyCounts survey, SegmentWeights weights, Optional<DemandCurve> curve) {
    Proportion need =
        Proportion.weighted(
            weights.weights(),
            survey.cells().stream().mapToLong(Cell::respondents).toArray(),
            survey.cells().stream().mapToLong(Cell::needing).toArray());
    return new Demand(
        survey.market(),
        "",
        survey.respondents(),
        survey.cells().stream().mapToLong(Cell::needing).sum(),
        need.share(),
        need.low(),
        need.high(),
        curve.map(DemandCurve::meanPrice).orElse(null));
  }

  private static List<Segment> segments(SurveyCounts survey, SegmentWeights weights) {
    Map<String, List<PriceCount>> prices =
        survey.prices().stream().collect(Collectors.groupingBy(PriceCount::segment));
    List<Segment> segments = new ArrayList<>();
    for (int h = 0; h < survey.cells().size(); h++) {
      Cell cell = survey.cells().get(h);
      if (!cell.segment().isEmpty()) {
        double sampled = (double) cell.respondents() / survey.respondents();
        segments.add(
            new Segment(
                segment(survey.market(), cell, prices.getOrDefault(cell.segment(), List.of())),
                sampled,
                weights.applied() ? weights.weights()[h] * sampled : null));
      }
    }
    return segments;
  }

  private static Demand segment(String market, Cell cell, List<PriceCount> prices) {
    Proportion need = Proportion.of(cell.needing(), cell.respondents());
    long payers = prices.stream().mapToLong(PriceCount::answers).sum();
    double paid = 0;
    for (PriceCount price : prices) {
      paid += price.price() * ((double) price.answers() / payers);
    }
    return new Demand(
        market,
        cell.segment(),
        cell.respondents(),
        cell.needing(),
        need.share(),
        need.low(),
        need.high(),
        payers == 0 ? null : paid);
  }

  private static List<PainPoint> painPoints(SurveyCounts survey, SegmentWeights weights) {
    long[] needing = survey.cells().stream().mapToLong(Cell::needing).toArray();
    if (!weights.weighsAny(needing)) {
      return List.of();
    }
    Map<String, TreeMap<String, Long>> mentions = new TreeMap<>();
    for (PainCount count : survey.painPoints()) {
      mentions
          .computeIfAbsent(count.painPoint(), name -> new TreeMap<>())
          .merge(count.segment(), count.mentions(), Long::sum);
    }
    return ranked(
        mentions.entrySet().stream()
            .map(
                e ->
                    new Named(
                        e.getKey(),
                        e.getValue().values().stream().mapToLong(Long::longValue).sum(),
                        Proportion.weighted(
                            weights.weights(), needing, weights.inOrder(e.getValue()))))
            .sorted(
                Comparator.comparingDouble((Named n) -> -n.share().share())
                    .thenComparing(Named::name))
            .toList());
  }

  private record Named(String name, long mentions, Proportion share) {}

  /**
   * @param sorted the most named first
   */
  private static List<PainPoint> ranked(List<Named> sorted) {
    List<PainPoint> points = new ArrayList<>();
    for (int i = 0; i < Math.min(sorted.size(), PAIN_POINTS_MAX); i++) {
      Named own = sorted.get(i);
      long before = sorted.stream().filter(o -> o.share().low() > own.share().high()).count();
      long behind = sorted.stream().filter(o -> o.share().high() < own.share().low()).count();
      points.add(
          new PainPoint(
              i + 1,
              (int) before + 1,
              sorted.size() - (int) behind,
              own.name(),
              own.mentions(),
              own.share()));
    }
    return points;
  }
}
