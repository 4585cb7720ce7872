package io.channelwise.plan;

import io.channelwise.campaign.Text;
import io.channelwise.plan.PlanInputs.SignedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * How the recommended plan fares, and which plan of the front would be recommended instead, when
 * one thing that the model was given is lower or higher. Immutable.
 */
final class PlanSensitivity {
  private final PlanInputs inputs;
  private final List<ScoredPlan> front;
  private final PlanDecision recommended;

  PlanSensitivity(PlanInputs inputs, List<ScoredPlan> front, PlanDecision recommended) {
    this.inputs = inputs;
    this.front = front;
    this.recommended = recommended;
  }

  /**
   * One thing moved to one side.
   *
   * @param recommended the knee of the front then; empty when no plan of it stays feasible
   */
  record Side(String value, PlanEvaluation expected, Optional<PlanDecision> recommended) {}

  /** One thing moved down and up. */
  record Shift(Text what, Side low, Side high) {}

  List<Shift> shifts() {
    PlanParameters given = inputs.parameters();
    List<Shift> shifts = new ArrayList<>();
    shifts.add(
        factor(
            new Text("Price sensitivity of customers", "客户的价格敏感度"),
            0.8,
            1.25,
            f -> inputs.with(given.withPriceSensitivity(given.priceSensitivity() * f))));
    shifts.add(
        value(
            new Text(
                "Our quality above the average competitor, of the mean price", "我方质量高于竞争对手平均（占均价）"),
            given.ownQuality() - 0.1,
            given.ownQuality() + 0.1,
            v -> inputs.with(given.withOwnQuality(v))));
    shifts.add(
        value(
            new Text("Worth of full service, of the mean price", "完整服务的价值（占均价）"),
            given.serviceWorth() * 0.5,
            given.serviceWorth() * 1.5,
            v -> inputs.with(given.withServiceWorth(v))));
    shifts.add(
        value(
            new Text("Least part that buys nothing", "不购买者的最低比例"),
            Math.max(0.001, given.outsideShare() * 0.4),
            Math.min(0.95, given.outsideShare() * 6),
            v -> inputs.with(given.withOutsideShare(v))));
    shifts.add(
        factor(
            new Text("Competitors' prices after our entry", "我方进入后竞争对手的价格"),
            0.9,
            1.1,
            f -> inputs.with(given.withRivalPrices(given.rivalPrices() * f))));
    shifts.addAll(demand());
    return shifts;
  }

  private List<Shift> demand() {
    Double mean = inputs.willingnessToPay();
    Double spread = inputs.willingnessSpread();
    double cost = inputs.unitCost();
    List<Shift> shifts = new ArrayList<>();
    if (mean != null) {
      shifts.add(
          factor(
              new Text("Willingness to pay", "支付意愿"),
              0.9,
              1.1,
              f -> inputs.withDemand(mean * f, spread, cost, inputs.channels())));
    }
    shifts.add(
        factor(
            new Text("Customers that the channels bring", "渠道带来的客户数"),
            0.8,
            1.2,
            f -> inputs.withDemand(mean, spread, cost, channels(1, f))));
    shifts.add(
        factor(
            new Text("Attraction of the channels", "渠道吸引度"),
            0.8,
            1.2,
            f -> inputs.withDemand(mean, spread, cost, channels(f, 1))));
    shifts.add(
        factor(
            new Text("Unit cost", "单位成本"),
            0.8,
            1.2,
            f -> inputs.withDemand(mean, spread, cost * f, inputs.channels())));
    return shifts;
  }

  private List<SignedChannel> channels(double attraction, double customers) {
    return inputs.channels().stream()
        .map(
            c ->
                new SignedChannel(
                    c.channel(),
                    Math.min(1, c.attraction() * attraction),
                    c.customers() * customers,
                    c.revenueShare(),
                    c.fixedFee()))
        .toList();
  }

  private Shift factor(Text what, double low, double high, DoubleFunction<PlanInputs> moved) {
    return new Shift(
        what,
        side(String.format(Locale.ROOT, "× %.2f", low), moved.apply(low)),
        side(String.format(Locale.ROOT, "× %.2f", high), moved.apply(high)));
  }

  private Shift value(Text what, double low, double high, DoubleFunction<PlanInputs> moved) {
    return new Shift(
        what,
        side(String.format(Locale.ROOT, "%.2f", low), moved.apply(low)),
        side(String.format(Locale.ROOT, "%.2f", high), moved.apply(high)));
  }

  private Side side(String value, PlanInputs moved) {
    PlanModel model = new PlanModel(moved);
    List<ScoredPlan> feasible =
        front.stream()
            .map(p -> new ScoredPlan(p.decision(), model.evaluate(p.decision())))
            .filter(p -> p.expected().isFeasible())
            .toList();
    return new Side(
        value,
        model.evaluate(recommended),
        feasible.isEmpty()
            ? Optional.empty()
            : Optional.of(FrontSelection.knee(PlanSearch.nondominated(feasible)).decision()));
  }
}
