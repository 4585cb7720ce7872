package io.channelwise.research;

import io.channelwise.research.TrendFigures.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ranks markets from what the other three analyses found; the formula stands at {@link
 * Opportunity}.
 */
final class OpportunityAnalysis {
  private static final double UNKNOWN = 0.5;

  private final OpportunityWeights weights;
  private final DemandFigures demand;
  private final CompetitionFigures competition;
  private final TrendFigures trend;
  private final Map<String, SurveyCounts> surveys;

  /** A part of the score with the ends of its interval. */
  private record Part(double value, double low, double high) {
    static Part of(double value) {
      return new Part(value, value, value);
    }
  }

  /**
   * @param surveys by market, for the share that would pay the competitors' price
   */
  OpportunityAnalysis(
      OpportunityWeights weights,
      DemandFigures demand,
      CompetitionFigures competition,
      TrendFigures trend,
      Map<String, SurveyCounts> surveys) {
    this.weights = weights;
    this.demand = demand;
    this.competition = competition;
    this.trend = trend;
    this.surveys = surveys;
  }

  OpportunityFigures rank(Collection<String> excluded) {
    List<Opportunity> sorted =
        demand.markets().stream()
            .map(m -> score(m, excluded.contains(m.market())))
            .sorted(
                Comparator.comparing(Opportunity::excluded)
                    .thenComparing(o -> !o.viable())
                    .thenComparing(o -> -o.score())
                    .thenComparing(Opportunity::market))
            .toList();
    List<Opportunity> ranked = new ArrayList<>();
    for (Opportunity o : sorted) {
      ranked.add(ranked(o, ranked.size() + 1));
    }
    List<Opportunity> viable = ranked.stream().filter(Opportunity::viable).toList();
    return new OpportunityFigures(weights, ranked, Sensitivity.of(weights, viable).orElse(null));
  }

  private Opportunity score(DemandFigures.Market market, boolean excluded) {
    Demand need = market.total();
    Optional<Concentration> found =
        competition.market(market.market()).map(CompetitionFigures.Market::latest);
    Change growth = trend.market(market.market()).map(TrendFigures.Market::growth).orElse(null);
    Part needPart = need.share() > 0 ? new Part(need.low(), need.low(), need.high()) : Part.of(0);
    Part room = found.map(OpportunityAnalysis::room).orElse(Part.of(1));
    Part rising = rising(growth);
    Part payment = payment(market.market(), found);
    boolean viable = !excluded && need.share() > 0;
    return new Opportunity(
        market.market(),
        0,
        need.share(),
        found.map(Concentration::hhi).orElse(0.0),
        growth == null ? 0 : growth.value(),
        needPart.value(),
        room.value(),
        rising.value(),
        payment.value(),
        sum(needPart.value(), room.value(), rising.value(), payment.value()),
        sum(needPart.low(), room.low(), rising.low(), payment.low()),
        sum(needPart.high(), room.high(), rising.high(), payment.high()),
        excluded,
        viable);
  }

  private double sum(double need, double room, double growth, double payment) {
    return weights.need() * need
        + weights.room() * room
        + weights.growth() * growth
        + weights.payment() * payment;
  }

  private static Part room(Concentration found) {
    return new Part(1 - found.hhi(), 1 - found.hhiHigh(), 1 - found.hhi());
  }

  private static Part rising(Change growth) {
    if (growth == null) {
      return Part.of(UNKNOWN);
    }
    double value = cut(UNKNOWN + growth.value());
    return growth.low() == null
        ? Part.of(value)
        : new Part(value, cut(UNKNOWN + growth.low()), cut(UNKNOWN + growth.high()));
  }

  private static double cut(double value) {
    return Math.max(0, Math.min(1, value));
  }

  private Part payment(String market, Optional<Concentration> found) {
    SurveyCounts survey = surveys.get(market);
    if (survey == null || survey.prices().isEmpty()) {
      return Part.of(0);
    }
    if (found.isEmpty()) {
      return new Part(UNKNOWN, 0, 1);
    }
    return DemandCurveFit.payingAtLeast(
            SegmentWeights.of(survey), survey.prices(), found.get().priceMean())
        .map(paying -> new Part(paying.low(), paying.low(), paying.high()))
        .orElse(Part.of(0));
  }

  private static Opportunity ranked(Opportunity o, int rank) {
    return new Opportunity(
        o.market(),
        rank,
        o.demandShare(),
        o.concentration(),
        o.growth(),
        o.needPart(),
        o.roomPart(),
        o.growthPart(),
        o.paymentPart(),
        o.score(),
        o.scoreLow(),
        o.scoreHigh(),
        o.excluded(),
        o.viable());
  }
}
