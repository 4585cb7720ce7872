package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.BitSet;
import java.util.Optional;

/**
 * The prices and service levels that plans may have, and whether any plan at all can be feasible.
 * Immutable.
 */
final class PlanSpace {
  /** Prices go up to this many times the reference price. */
  private static final double PRICE_MAX = 2.5;

  static final int SERVICE_MIN = 50;
  static final int SERVICE_MAX = 100;

  private final double priceStep;

  /** By number of steps less one, free of binary dust. */
  private final double[] prices;

  private PlanSpace(double priceStep, int priceSteps) {
    this.priceStep = priceStep;
    this.prices = new double[priceSteps];
    for (int i = 0; i < priceSteps; i++) {
      prices[i] = new BigDecimal((i + 1) * priceStep).round(new MathContext(9)).doubleValue();
    }
  }

  static PlanSpace of(PlanModel model) {
    double hundredth = model.referencePrice() / 100;
    double power = Math.pow(10, Math.floor(Math.log10(hundredth)));
    double first = hundredth / power;
    double step = power * (first < 1.5 ? 1 : first < 3.5 ? 2 : first < 7.5 ? 5 : 10);
    return new PlanSpace(
        step, Math.max(1, (int) Math.round(PRICE_MAX * model.referencePrice() / step)));
  }

  /** A round number of about a hundredth of the reference price. */
  double priceStep() {
    return priceStep;
  }

  /** Highest price, in steps; the lowest is one step. */
  int priceSteps() {
    return prices.length;
  }

  /**
   * @param steps from 1 to {@link #priceSteps()}
   */
  double price(int steps) {
    return prices[steps - 1];
  }

  static double service(int hundredths) {
    return hundredths / 100.0;
  }

  /** How many plans there are for each mix of channels. */
  long plansOfAMix() {
    return (long) PricingModel.values().length * prices.length * (SERVICE_MAX - SERVICE_MIN + 1);
  }

  /**
   * Why no plan can be feasible; empty when one is.
   *
   * <p>Exact on the grid: a mix's customers and revenue are sums over its channels at one price and
   * service level, so when a mix is feasible, so is one of its channels alone.
   */
  static Optional<Text> blame(PlanModel model) {
    PlanInputs inputs = model.inputs();
    if (inputs.channels().isEmpty()) {
      return Optional.of(
          new Text(
              "Number of channels: no deal is signed, so no channel can sell.",
              "渠道数量：没有已签署的合作协议，没有渠道可以销售。"));
    }
    if (!(model.referencePrice() > 0)) {
      return Optional.of(
          new Text(
              "No price is known in market %s: bring competitors' prices or willingness to pay."
                  .formatted(inputs.targetMarket()),
              "市场“%s”没有价格信息：请提供竞争对手价格或支付意愿。".formatted(inputs.targetMarket())));
    }
    return of(model).search(model);
  }

  private Optional<Text> search(PlanModel model) {
    boolean standard = false;
    double fewest = Double.POSITIVE_INFINITY;
    double best = Double.NEGATIVE_INFINITY;
    Double capacity = model.inputs().capacity();
    int channels = model.inputs().channels().size();
    for (PricingModel pricing : PricingModel.values()) {
      for (int service = SERVICE_MIN; service <= SERVICE_MAX; service++) {
        for (int i = 0; i < prices.length * channels; i++) {
          BitSet one = new BitSet();
          one.set(i / prices.length);
          PlanModel.Figures figures =
              model.figures(pricing, prices[i % prices.length], service(service), one);
          if (model.inputs().technicalStandard() > figures.quality()) {
            break;
          }
          standard = true;
          fewest = Math.min(fewest, figures.customers());
          if (capacity == null || figures.customers() <= capacity) {
            best = Math.max(best, figures.revenue());
          }
        }
      }
    }
    if (best > 0) {
      return Optional.empty();
    }
    return Optional.of(PlanSentences.blame(model.inputs(), standard, fewest, best));
  }
}
