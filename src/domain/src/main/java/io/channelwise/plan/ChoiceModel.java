package io.channelwise.plan;

import io.channelwise.plan.PlanInputs.Rival;
import java.util.ArrayList;
import java.util.List;

/**
 * Multinomial logit: McFadden, D. (1974), Conditional logit analysis of qualitative choice
 * behavior. A customer who knows all offers takes offer j with probability
 *
 * <pre>P_j = e^V_j / (e^V_0 + Σ_i e^V_i),   V_j = β (q_j − p_j),   V_0 = 0: buy nothing</pre>
 *
 * with price p_j and quality q_j in money. The competitors' qualities are those that give their
 * observed shares: q_j = p_j + ln(s_j / s_0) / β (Berry, S. (1994), Estimating discrete-choice
 * models of product differentiation). Whoever holds the same share at a higher price is seen as
 * better. Ours is their mean, plus {@link PlanParameters#ownQuality}.
 *
 * <p>β = π / (√3 sd), sd the standard deviation of the willingness to pay: the logit takes
 * valuations as logistic, with variance π²/(3 β²). s_0, the part that buys nothing, is what the
 * competitors' shares leave, at least {@link PlanParameters#outsideShare}; shares that sum to more
 * are scaled down. By the model's independence from irrelevant alternatives we take from all others
 * in proportion to their shares. Immutable, thread-safe.
 */
final class ChoiceModel {
  /** Below it the logarithm of a competitor's share says nothing about its strength. */
  static final double SHARE_MIN = 0.001;

  /** Respondents who all name one price are not all alike. */
  private static final double SPREAD_MIN = 0.1;

  private static final double SPREAD_UNKNOWN = 0.5;

  private final List<Rival> rivals;
  private final double[] shares;
  private final double[] qualities;
  private final double[] weights;
  private final double outside;
  private final double beta;
  private final double quality;

  /** Σ of the others' weights, s_0 included; 1 when the competitors keep their prices. */
  private final double others;

  ChoiceModel(PlanInputs inputs, double referencePrice) {
    PlanParameters parameters = inputs.parameters();
    this.rivals = inputs.rivals();
    this.beta = beta(inputs, referencePrice);
    this.shares = new double[rivals.size()];
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = Math.max(rivals.get(i).share(), SHARE_MIN);
      sum += shares[i];
    }
    double most = 1 - parameters.outsideShare();
    if (sum > most) {
      for (int i = 0; i < shares.length; i++) {
        shares[i] *= most / sum;
      }
      sum = most;
    }
    this.outside = 1 - sum;
    this.qualities = new double[shares.length];
    this.weights = new double[shares.length];
    double all = outside;
    double mean = 0;
    for (int i = 0; i < shares.length; i++) {
      double price = rivals.get(i).price();
      qualities[i] = beta > 0 ? price + Math.log(shares[i] / outside) / beta : 0;
      weights[i] = shares[i] * Math.exp(-beta * (parameters.rivalPrices() - 1) * price);
      all += weights[i];
      mean += qualities[i] / shares.length;
    }
    this.others = all;
    // Nobody else sells: at the price people would pay, one in two buys.
    this.quality =
        (rivals.isEmpty() ? referencePrice : mean) + parameters.ownQuality() * referencePrice;
  }

  private static double beta(PlanInputs inputs, double referencePrice) {
    double spread =
        inputs.willingnessSpread() == null
            ? SPREAD_UNKNOWN * referencePrice
            : Math.max(inputs.willingnessSpread(), SPREAD_MIN * referencePrice);
    return spread > 0
        ? inputs.parameters().priceSensitivity() * Math.PI / (Math.sqrt(3) * spread)
        : 0;
  }

  /** Price coefficient, per unit of money. */
  double beta() {
    return beta;
  }

  /** Our quality in money, before service and pricing model. */
  double quality() {
    return quality;
  }

  /**
   * Probability that a customer who knows us takes us, 0..1.
   *
   * @param worth of service and pricing model, in money
   */
  double probability(double price, double worth) {
    return 1 / (1 + others / outside * Math.exp(-beta * (quality + worth - price)));
  }

  /** The same as long as the competitors keep their prices. */
  double probabilityToday(double price, double worth) {
    return 1 / (1 + Math.exp(-beta * (quality + worth - price)) / outside);
  }

  /**
   * One seller of the market, before and after we enter.
   *
   * @param name empty for those who buy nothing
   * @param quality as customers see it, in money; 0 for those who buy nothing
   * @param before share of the customers, 0..1
   * @param after share when we hold ours
   */
  record Seller(String name, double price, double quality, double before, double after) {}

  /**
   * Who holds what when we hold a share: competitors by name, then those who buy nothing.
   *
   * @param ownShare 0..1
   */
  List<Seller> sellers(double ownShare) {
    List<Seller> sellers = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      Rival rival = rivals.get(i);
      double after = weights[i] / others * (1 - ownShare);
      sellers.add(new Seller(rival.name(), rival.price(), qualities[i], shares[i], after));
    }
    sellers.add(new Seller("", 0, 0, outside, outside / others * (1 - ownShare)));
    return sellers;
  }
}
