package io.channelwise.plan;

import io.channelwise.campaign.Text;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.BitSet;
import java.util.List;

/**
 * What to expect of a business model. Immutable, thread-safe; one evaluation takes microseconds.
 *
 * <p><b>Choice.</b> P = the probability of {@link ChoiceModel} at our price p, with the worth r (a
 * (s − 0.7) + u(m)) added to our quality: s the service level, r the reference price (the
 * competitors' mean, weighted by share), a {@link PlanParameters#serviceWorth}, u(m) the worth of
 * the pricing model in parts of r.
 *
 * <p><b>Market share</b> = P × Σ A(C) over the plan's channels: who never meets us cannot take us.
 *
 * <p><b>Customers</b> = Σ n(C) P / P₀: n(C) is what the channel brings at the market's usual price,
 * P₀ the probability then (subscription at r, s = 0.7, competitors at today's prices).
 *
 * <p><b>Revenue</b> = Σ customers(C) (p y(m) (1 − share(C)) − c(m) (0.5 + s²)) − Σ fee, y(m) the
 * part of the price that is collected, c(m) the unit cost under the pricing model. The fees are
 * those of every signed deal, whether the plan uses the channel or not: owed from the signature on,
 * they are sunk, and leaving a channel out saves nothing.
 *
 * <p><b>Satisfaction</b> = 0.6 s + 0.3 w / (w + p) + 0.1 f(m), w the mean willingness to pay (r
 * when nobody named one), f(m) how well customers like to pay that way; the weights are {@link
 * PlanParameters}.
 *
 * <p><b>Constraints.</b> Technical standard: min(1, s t(m)) ≥ standard. Number of channels: from 1
 * to the limit. Commercial capability: customers ≤ capacity, and revenue above zero.
 *
 * <p>u, y, c, t, f of the four pricing models are assumptions, stated once in {@link
 * ModelAssumptions}, which a campaign may set, and shown to the person who decides.
 */
final class PlanModel {
  static final double SERVICE_REFERENCE = 0.7;

  /** Nobody pays more, and nothing overflows. */
  private static final double PRICE_MAX = 1e15;

  private final PlanInputs inputs;
  private final List<SignedChannel> channels;
  private final double referencePrice;
  private final double willingness;
  private final ChoiceModel choice;
  private final double referenceProbability;
  private final double fees;

  PlanModel(PlanInputs inputs) {
    this.inputs = inputs;
    this.channels = inputs.channels();
    this.referencePrice = referencePrice(inputs);
    this.willingness =
        inputs.willingnessToPay() == null ? referencePrice : inputs.willingnessToPay();
    this.choice = new ChoiceModel(inputs, referencePrice);
    this.fees = channels.stream().mapToDouble(SignedChannel::fixedFee).sum();
    double usual =
        choice.probabilityToday(
            referencePrice, worth(inputs.parameters().of(PricingModel.SAAS), SERVICE_REFERENCE));
    // Nearly nobody buys at the usual price: what a lower one would win is not known beyond this.
    this.referenceProbability = Math.max(usual, ChoiceModel.SHARE_MIN);
  }

  /** Competitors' mean price weighted by share; the willingness to pay when none has a price. */
  static double referencePrice(PlanInputs inputs) {
    double weights = 0;
    double sum = 0;
    for (Rival rival : inputs.rivals()) {
      double weight = Math.max(rival.share(), ChoiceModel.SHARE_MIN);
      weights += weight;
      sum += weight * rival.price();
    }
    if (sum > 0) {
      return sum / weights;
    }
    return inputs.willingnessToPay() == null ? 0 : inputs.willingnessToPay();
  }

  PlanInputs inputs() {
    return inputs;
  }

  double referencePrice() {
    return referencePrice;
  }

  ChoiceModel choice() {
    return choice;
  }

  private double worth(ModelAssumptions model, double service) {
    return referencePrice
        * (inputs.parameters().serviceWorth() * (service - SERVICE_REFERENCE) + model.worth());
  }

  /**
   * Evaluates one plan.
   *
   * @throws InvalidPlanException when a channel has no signed deal, or a number is out of range
   */
  PlanEvaluation evaluate(PlanDecision decision) {
    Figures figures = figures(decision);
    return new PlanEvaluation(
        figures.marketShare(),
        figures.revenue(),
        figures.satisfaction(),
        figures.customers(),
        figures.quality(),
        PlanSentences.violations(this, figures));
  }

  /** The bare numbers of a plan; throws like {@link #evaluate}. */
  Figures figures(PlanDecision decision) {
    BitSet mix = new BitSet();
    for (String name : decision.channels()) {
      mix.set(indexOf(name));
    }
    if (decision.pricingModel() == null) {
      throw new InvalidPlanException(
          new Text(
              "No pricing model is chosen; it must be one of %s.".formatted(PricingModel.codes()),
              "未选择定价模式；应为 %s 之一。".formatted(PricingModel.codes())));
    }
    if (!(decision.price() > 0 && decision.price() <= PRICE_MAX)) {
      throw new InvalidPlanException(
          new Text(
              "Price is %s; it must be above 0, and at most %.0e."
                  .formatted(decision.price(), PRICE_MAX),
              "价格为 %s；必须大于 0，且不超过 %.0e。".formatted(decision.price(), PRICE_MAX)));
    }
    if (!(decision.serviceLevel() >= 0 && decision.serviceLevel() <= 1)) {
      throw new InvalidPlanException(
          new Text(
              "Service level is %s; it must be between 0 and 1.".formatted(decision.serviceLevel()),
              "服务水平为 %s；必须在 0 与 1 之间。".formatted(decision.serviceLevel())));
    }
    return figures(decision.pricingModel(), decision.price(), decision.serviceLevel(), mix);
  }

  private int indexOf(String channel) {
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).channel().equals(channel)) {
        return i;
      }
    }
    List<String> names = channels.stream().map(SignedChannel::channel).toList();
    throw new InvalidPlanException(
        new Text(
            "Channel %s has no signed deal; a plan can use %s.".formatted(channel, names),
            "渠道“%s”没有已签署的合作协议；方案可使用 %s。".formatted(channel, names)));
  }

  /**
   * The bare numbers of a plan.
   *
   * @param channels number of them
   */
  record Figures(
      double marketShare,
      double revenue,
      double satisfaction,
      double customers,
      double quality,
      int channels) {}

  /**
   * @param mix indexes into the inputs' channels
   */
  Figures figures(PricingModel pricing, double price, double service, BitSet mix) {
    ModelAssumptions model = inputs.parameters().of(pricing);
    double probability = choice.probability(price, worth(model, service));
    double uplift = probability / referenceProbability;
    double unitCost = inputs.unitCost() * model.cost() * (0.5 + service * service);
    double coverage = 0;
    double customers = 0;
    double revenue = -fees;
    for (int i = mix.nextSetBit(0); i >= 0; i = mix.nextSetBit(i + 1)) {
      SignedChannel channel = channels.get(i);
      double brought = channel.customers() * uplift;
      coverage += channel.attraction();
      customers += brought;
      revenue += brought * (price * model.collected() * (1 - channel.revenueShare()) - unitCost);
    }
    PlanParameters weights = inputs.parameters();
    double satisfaction =
        weights.satisfactionOfService() * service
            + weights.satisfactionOfPrice() * willingness / (willingness + price)
            + weights.satisfactionOfPayment() * model.liking();
    return new Figures(
        probability * Math.min(1, coverage),
        revenue,
        satisfaction,
        customers,
        Math.min(1, service * model.quality()),
        mix.cardinality());
  }

  /**
   * How far the plan misses each constraint, 0 when it keeps it: standard, channels, capability.
   */
  double[] misses(Figures figures) {
    double standard = Math.max(0, inputs.technicalStandard() - figures.quality());
    double channelCount =
        figures.channels() == 0 ? 1 : Math.max(0, figures.channels() - inputs.channelsMax());
    double overload =
        inputs.capacity() == null
            ? 0
            : Math.max(0, figures.customers() - inputs.capacity()) / Math.max(1, inputs.capacity());
    double loss = figures.revenue() > 0 ? 0 : 1 - figures.revenue() / revenueScale();
    return new double[] {standard, channelCount, overload + loss};
  }

  /** Money of the order of a plan's revenue, above zero. */
  double revenueScale() {
    double customers = channels.stream().mapToDouble(SignedChannel::customers).sum();
    return Math.max(1, customers * referencePrice);
  }

  /** A share of the order of a plan's, above zero: all channels, full service, the usual price. */
  double shareScale() {
    double coverage = channels.stream().mapToDouble(SignedChannel::attraction).sum();
    double probability =
        choice.probability(referencePrice, worth(inputs.parameters().of(PricingModel.SAAS), 1));
    return Math.max(1e-6, Math.min(1, coverage) * probability);
  }
}
