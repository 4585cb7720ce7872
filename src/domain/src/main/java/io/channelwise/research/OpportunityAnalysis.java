package io.channelwise.research;

import io.channelwise.research.TrendFigures.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the parts of each market's score from what the other three analyses found; what they are
 * stands at {@link Opportunity}.
 */
final class OpportunityAnalysis {
  private static final double UNKNOWN = 0.5;

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
      DemandFigures demand,
      CompetitionFigures competition,
      TrendFigures trend,
      Map<String, SurveyCounts> surveys) {
    this.demand = demand;
    this.competition = competition;
    this.trend = trend;
    this.surveys = surveys;
  }

  /** Each market with the parts of its score; without score and rank. */
  List<Opportunity> markets() {
    return demand.markets().stream().map(this::parts).toList();
  }

  private Opportunity parts(DemandFigures.Market market) {
    Demand need = market.total();
    Optional<Concentration> found =
        competition.market(market.market()).map(CompetitionFigures.Market::latest);
    Change growth = trend.market(market.market()).map(TrendFigures.Market::growth).orElse(null);
    Part needPart = need.share() > 0 ? new Part(need.low(), need.low(), need.high()) : Part.of(0);
    Part room = found.map(OpportunityAnalysis::room).orElse(Part.of(1));
    Part rising = rising(growth);
    Part payment = payment(market.market(), found);
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
        0,
        0,
        0,
        false,
        need.share() > 0,
        Stream.of(needPart, room, rising, payment)
            .map(p -> new Opportunity.Interval(p.low(), p.high()))
            .toList());
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
}
