package io.channelwise.research;

import io.channelwise.campaign.Text;
import java.util.List;
import java.util.Optional;

/** Who is in the markets already; one a cycle, markets in alphabetical order. */
record CompetitionFigures(long competitors, List<Market> markets) {

  CompetitionFigures {
    markets = List.copyOf(markets);
  }

  Optional<Market> market(String name) {
    return markets.stream().filter(m -> m.market().equals(name)).findFirst();
  }

  /**
   * @param periods in order; one empty label when the data has no periods
   * @param latest of the last period
   * @param rivals the largest in the last period first, those who left it behind
   * @param strengths what competitors of the last period are good at, the largest share first
   * @param weaknesses what they are bad at, likewise
   * @param doubts what makes the shares or periods implausible
   */
  record Market(
      String market,
      List<String> periods,
      Concentration latest,
      List<Rival> rivals,
      List<Trait> strengths,
      List<Trait> weaknesses,
      List<Text> doubts) {

    Market {
      periods = List.copyOf(periods);
      rivals = List.copyOf(rivals);
      strengths = List.copyOf(strengths);
      weaknesses = List.copyOf(weaknesses);
      doubts = List.copyOf(doubts);
    }
  }

  /**
   * A competitor over the periods.
   *
   * @param shares one a period; null where the data has none
   * @param share in the market's last period; null when it is not there
   * @param price likewise
   * @param momentum change of the share, points (0..1) a year; null with fewer than two periods
   */
  record Rival(
      String competitor, List<Double> shares, Double share, Double price, Momentum momentum) {}

  /**
   * Theil–Sen slope a year.
   *
   * @param low lower end of Sen's 95 % interval; null with fewer than {@link
   *     CompetitionAnalysis#MOMENTUM_INTERVAL_MIN} periods
   * @param high upper end of it
   * @param priceChange relative change of the price a year; null when a price is zero
   */
  record Momentum(double change, Double low, Double high, Double priceChange) {
    /** 1 rising, −1 falling, 0 when the interval holds no change or there is none. */
    int direction() {
      return low == null ? 0 : low > 0 ? 1 : high < 0 ? -1 : 0;
    }
  }

  /**
   * @param competitors who have it, by name
   * @param share of the market they hold together
   */
  record Trait(String name, List<String> competitors, double share) {}
}
