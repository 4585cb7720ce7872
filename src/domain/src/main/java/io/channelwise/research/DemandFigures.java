package io.channelwise.research;

import io.channelwise.campaign.Text;
import java.util.List;
import java.util.Optional;

/** What the survey says of need, pain and price; one a cycle, markets in alphabetical order. */
record DemandFigures(long respondents, List<Market> markets) {

  DemandFigures {
    markets = List.copyOf(markets);
  }

  Optional<Market> market(String name) {
    return markets.stream().filter(m -> m.market().equals(name)).findFirst();
  }

  /**
   * @param weighting where the segments' weights come from, or why there are none
   * @param total need in the whole market, weighted
   * @param segments need a segment, by name; answers without a segment are left out
   * @param painPoints the most named first, at most {@link DemandAnalysis#PAIN_POINTS_MAX}
   * @param curve null when nobody with the need named a price
   */
  record Market(
      String market,
      boolean weighted,
      Text weighting,
      Demand total,
      List<Segment> segments,
      List<PainPoint> painPoints,
      DemandCurve curve) {

    Market {
      segments = List.copyOf(segments);
      painPoints = List.copyOf(painPoints);
    }
  }

  /**
   * @param sampleShare of the market's answers
   * @param populationShare of the market's people; null when the market is not weighted
   */
  record Segment(Demand demand, double sampleShare, Double populationShare) {}
}
