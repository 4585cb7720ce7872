package io.channelwise.plan;

import io.channelwise.campaign.Text;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * What to expect of a business model. Immutable, thread-safe; one evaluation takes microseconds.
 *
 * <p><b>Choice.</b> Multinomial logit: McFadden, D. (1974), Conditional logit analysis of
 * qualitative choice behavior. A customer who considers us takes us with probability
 *
 * <pre>P = e^V / (e^V + 1),   V = k + β (−p + r (0.3 (s − 0.7) + u(m)))</pre>
 *
 * where p is our price, s the service level and r the reference price, the competitors' mean
 * weighted by share. The competitors and those who buy nothing together weigh 1: with the constants
 * k_j = ln(share_j) + β p_j the model gives the observed shares, and ours is the mean of them, so
 * that at equal price we would be an average competitor. β = π / (√3 sd), sd the standard deviation
 * of the willingness to pay: the logit takes valuations as logistic, with variance π²/(3 β²). A
 * full point of service is worth 0.3 r; u(m) is the worth of the pricing model in parts of r.
 *
 * <p><b>Market share</b> = P × Σ A(C) over the plan's channels: who never meets us cannot take us.
 *
 * <p><b>Customers</b> = Σ n(C) P / P₀: n(C) is what the channel brings at the market's usual price,
 * P₀ the probability then (subscription at r, s = 0.7).
 *
 * <p><b>Revenue</b> = Σ customers(C) (p y(m) (1 − share(C)) − c(m) (0.5 + s²)) − Σ fee(C), y(m) the
 * part of the price that is collected, c(m) the unit cost under the pricing model.
 *
 * <p><b>Satisfaction</b> = 0.6 s + 0.3 w / (w + p) + 0.1 f(m), w the mean willingness to pay (r
 * when nobody named one), f(m) how well customers like to pay that way.
 *
 * <p><b>Constraints.</b> Technical standard: min(1, s t(m)) ≥ standard. Number of channels: from 1
 * to the limit. Commercial capability: customers ≤ capacity, and revenue above zero.
 *
 * <p>u, y, c, t, f of the four pricing models are assumptions, stated once in {@link
 * ModelAssumptions} and shown to the person who decides.
 */
final class PlanModel {
  static final double SERVICE_REFERENCE = 0.7;
  static final double SERVICE_WORTH = 0.3;

  /** Below it the logarithm of a competitor's share says nothing about its strength. */
  private static final double SHARE_MIN = 0.001;

  /** Respondents who all name one price are not all alike. */
  private static final double SPREAD_MIN = 0.1;

  private static final double SPREAD_UNKNOWN = 0.5;

  private final PlanInputs inputs;
  private final List<SignedChannel> channels;
  private final double referencePrice;
  private final double willingness;
  private final double beta;
  private final double constant;
  private final double referenceProbability;

  PlanModel(PlanInputs inputs) {
    this.inputs = inputs;
    this.channels = inputs.channels();
    this.referencePrice = referencePrice(inputs);
    this.willingness =
        inputs.willingnessToPay() == null ? referencePrice : inputs.willingnessToPay();
    double spread =
        inputs.willingnessSpread() == null
            ? SPREAD_UNKNOWN * referencePrice
            : Math.max(inputs.willingnessSpread(), SPREAD_MIN * referencePrice);
    this.beta = Math.PI / (Math.sqrt(3) * spread);
    this.constant = constant(inputs.rivals());
    this.referenceProbability =
        probability(ModelAssumptions.of(PricingModel.SAAS), referencePrice, SERVICE_REFERENCE);
  }

  /** Competitors' mean price weighted by share; the willingness to pay when none has a price. */
  static double referencePrice(PlanInputs inputs) {
    double weights = 0;
    double sum = 0;
    for (Rival rival : inputs.rivals()) {
      double weight = Math.max(rival.share(), SHARE_MIN);
      weights += weight;
      sum += weight * rival.price();
    }
    if (sum > 0) {
      return sum / weights;
    }
    return inputs.willingnessToPay() == null ? 0 : inputs.willingnessToPay();
  }

  private double constant(List<Rival> rivals) {
    if (rivals.isEmpty()) {
      // Nobody else sells: at the price people would pay, one in two buys.
      return beta * referencePrice;
    }
    double sum = 0;
    for (Rival rival : rivals) {
      sum += Math.log(Math.max(rival.share(), SHARE_MIN)) + beta * rival.price();
    }
    return sum / rivals.size();
  }

  PlanInputs inputs() {
    return inputs;
  }

  double referencePrice() {
    return referencePrice;
  }

  private double probability(ModelAssumptions model, double price, double service) {
    double worth = referencePrice * (SERVICE_WORTH * (service - SERVICE_REFERENCE) + model.worth());
    double v = constant + beta * (worth - price);
    return 1 / (1 + Math.exp(-v));
  }

  /**
   * Evaluates one plan.
   *
   * @throws IllegalArgumentException when a channel has no signed deal, or a number is out of range
   */
  PlanEvaluation evaluate(PlanDecision decision) {
    BitSet mix = new BitSet();
    for (String name : decision.channels()) {
      int index = indexOf(name);
      if (index < 0) {
        throw new IllegalArgumentException(
            "Channel %s has no signed deal; a plan can use %s."
                .formatted(name, channels.stream().map(SignedChannel::channel).toList()));
      }
      mix.set(index);
    }
    if (!(decision.price() > 0 && decision.price() < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Price is %s; it must be above 0.".formatted(decision.price()));
    }
    if (!(decision.serviceLevel() >= 0 && decision.serviceLevel() <= 1)) {
      throw new IllegalArgumentException(
          "Service level is %s; it must be between 0 and 1.".formatted(decision.serviceLevel()));
    }
    Figures figures =
        figures(decision.pricingModel(), decision.price(), decision.serviceLevel(), mix);
    return new PlanEvaluation(
        figures.marketShare(),
        figures.revenue(),
        figures.satisfaction(),
        figures.customers(),
        figures.quality(),
        violations(figures));
  }

  private int indexOf(String channel) {
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).channel().equals(channel)) {
        return i;
      }
    }
    return -1;
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
    ModelAssumptions model = ModelAssumptions.of(pricing);
    double probability = probability(model, price, service);
    double uplift = probability / referenceProbability;
    double unitCost = inputs.unitCost() * model.cost() * (0.5 + service * service);
    double coverage = 0;
    double customers = 0;
    double revenue = 0;
    for (int i = mix.nextSetBit(0); i >= 0; i = mix.nextSetBit(i + 1)) {
      SignedChannel channel = channels.get(i);
      double brought = channel.customers() * uplift;
      coverage += channel.attraction();
      customers += brought;
      revenue +=
          brought * (price * model.collected() * (1 - channel.revenueShare()) - unitCost)
              - channel.fixedFee();
    }
    double satisfaction =
        0.6 * service + 0.3 * willingness / (willingness + price) + 0.1 * model.liking();
    return new Figures(
        probability * Math.min(1, coverage),
        revenue,
        satisfaction,
        customers,
        quality(model, service),
        mix.cardinality());
  }

  private static double quality(ModelAssumptions model, double service) {
    return Math.min(1, service * model.quality());
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

  private List<Text> violations(Figures figures) {
    List<Text> violations = new ArrayList<>();
    double[] misses = misses(figures);
    if (misses[0] > 0) {
      violations.add(
          new Text(
              "Technical standard: quality is %.2f, %.2f is required."
                  .formatted(figures.quality(), inputs.technicalStandard()),
              "技术标准：质量为 %.2f，要求 %.2f。".formatted(figures.quality(), inputs.technicalStandard())));
    }
    if (misses[1] > 0) {
      violations.add(
          new Text(
              "Number of channels: %d are chosen, 1 to %d are allowed."
                  .formatted(figures.channels(), inputs.channelsMax()),
              "渠道数量：已选 %d 个，允许 1 至 %d 个。".formatted(figures.channels(), inputs.channelsMax())));
    }
    if (inputs.capacity() != null && figures.customers() > inputs.capacity()) {
      violations.add(
          new Text(
              "Commercial capability: %.0f customers are expected, %.0f can be served."
                  .formatted(figures.customers(), inputs.capacity()),
              "商业能力：预计 %.0f 位客户，只能服务 %.0f 位。".formatted(figures.customers(), inputs.capacity())));
    }
    if (figures.revenue() <= 0) {
      violations.add(
          new Text(
              "Commercial capability: the plan would lose %.0f.".formatted(-figures.revenue()),
              "商业能力：该方案将亏损 %.0f。".formatted(-figures.revenue())));
    }
    return violations;
  }
}
