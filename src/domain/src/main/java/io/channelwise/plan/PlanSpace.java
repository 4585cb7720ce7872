package io.channelwise.plan;

import io.channelwise.campaign.Text;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * The prices and service levels that plans may have, and whether any plan at all can be feasible.
 * Immutable.
 *
 * @param priceStep a round number of about a hundredth of the reference price
 * @param priceSteps highest price, in steps; the lowest is one step
 */
record PlanSpace(double priceStep, int priceSteps) {
  /** Prices go up to this many times the reference price. */
  private static final double PRICE_MAX = 2.5;

  static final int SERVICE_MIN = 50;
  static final int SERVICE_MAX = 100;

  static PlanSpace of(PlanModel model) {
    double hundredth = model.referencePrice() / 100;
    double power = Math.pow(10, Math.floor(Math.log10(hundredth)));
    double first = hundredth / power;
    double step = power * (first < 1.5 ? 1 : first < 3.5 ? 2 : first < 7.5 ? 5 : 10);
    return new PlanSpace(
        step, Math.max(1, (int) Math.round(PRICE_MAX * model.referencePrice() / step)));
  }

  /** The price of a number of steps, free of binary dust. */
  double price(int steps) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.9g", steps * priceStep));
  }

  static double service(int hundredths) {
    return hundredths / 100.0;
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
    for (PricingModel pricing : PricingModel.values()) {
      for (int service = SERVICE_MIN; service <= SERVICE_MAX; service++) {
        for (int i = 0; i < priceSteps * model.inputs().channels().size(); i++) {
          BitSet one = new BitSet();
          one.set(i / priceSteps);
          PlanModel.Figures figures =
              model.figures(pricing, price(i % priceSteps + 1), service(service), one);
          if (model.misses(figures)[0] > 0) {
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
    return Optional.of(reason(model.inputs(), standard, fewest, best));
  }

  private static Text reason(PlanInputs inputs, boolean standard, double fewest, double best) {
    if (!standard) {
      return new Text(
          "Technical standard: %.2f is required, which no pricing model reaches at full service."
              .formatted(inputs.technicalStandard()),
          "技术标准：要求 %.2f，任何定价模式在最高服务水平下都达不到。".formatted(inputs.technicalStandard()));
    }
    if (inputs.capacity() != null && fewest > inputs.capacity()) {
      return new Text(
          "Commercial capability: even the smallest plan brings %.0f customers, and %.0f can be served."
              .formatted(fewest, inputs.capacity()),
          "商业能力：最小的方案也会带来 %.0f 位客户，而只能服务 %.0f 位。".formatted(fewest, inputs.capacity()));
    }
    return new Text(
        "Commercial capability: no price earns money within the constraints; the best plan would lose %.0f."
            .formatted(-best),
        "商业能力：在约束内没有可盈利的价格；最好的方案也会亏损 %.0f。".formatted(-best));
  }
}
