package io.channelwise.negotiation;

import static io.channelwise.negotiation.Concession.format;

import io.channelwise.campaign.Text;

/** Why an offer is what it is, in words with figures. */
final class ConcessionTexts {
  private ConcessionTexts() {}

  static Text opening(Concession concession, double cost) {
    Reference reference = concession.reference();
    double theirs = concession.value().theirWalkAway();
    return new Text(
        format(
            "We open at a cost of %,.0f. The channel is expected to walk away below %,.0f, we above"
                + " %,.0f; a fair division within our limits would cost %,.0f.",
            cost, theirs, concession.value().ourWalkAway(), reference.kalaiSmorodinsky()),
        format(
            "我方开价的成本为 %,.0f。预计对方低于 %,.0f 时离场，我方高于 %,.0f 时离场；在我方上限内的公平分配成本为 %,.0f。",
            cost, theirs, concession.value().ourWalkAway(), reference.kalaiSmorodinsky()));
  }

  static Text byHand(double cost, boolean asWanted) {
    return asWanted
        ? new Text(
            format("A person set this offer; it costs %,.0f.", cost),
            format("由人工确定的报价，成本 %,.0f。", cost))
        : new Text(
            format("A person set this offer, cut to our limits; it costs %,.0f.", cost),
            format("由人工确定、并降至我方上限的报价，成本 %,.0f。", cost));
  }

  static Text verdict(Concession concession, int round, Offer last, Offer asked) {
    double cost = concession.value().cost(asked);
    double most = concession.acceptCostMax(round, last);
    if (!concession.allows(asked)) {
      return beyond(cost, concession.isLast(round));
    }
    if (concession.isLast(round)) {
      return new Text(
          format(
              "Accepted: it costs %,.0f, is within our limits, and the rounds are used up.", cost),
          format("接受：成本 %,.0f，在我方上限之内，且轮次已用完。", cost));
    }
    double next = concession.target(round + 1, concession.value().cost(last));
    return concession.accepts(round, last, asked)
        ? new Text(
            format(
                "Accepted: it costs %,.0f, no more than the %,.0f that we accept now; holding out,"
                    + " we would offer up to %,.0f next and might lose the deal.",
                cost, most, next),
            format("接受：成本 %,.0f，不超过本轮可接受的 %,.0f；若继续谈判，下一轮我方最多报 %,.0f，并可能失去合作。", cost, most, next))
        : new Text(
            format(
                "Countered: it is within our limits but costs %,.0f, more than the %,.0f that we"
                    + " accept now, as we would offer no more than %,.0f next.",
                cost, most, next),
            format("还价：虽在我方上限之内，但成本 %,.0f 高于本轮可接受的 %,.0f，因为下一轮我方最多报 %,.0f。", cost, most, next));
  }

  private static Text beyond(double cost, boolean last) {
    return last
        ? new Text(
            format(
                "Beyond our limits at a cost of %,.0f, the rounds are used up: for a person to decide.",
                cost),
            format("超出我方上限（成本 %,.0f），且轮次已用完：由人工决定。", cost))
        : new Text(
            format("Countered: beyond our limits at a cost of %,.0f.", cost),
            format("还价：超出我方上限，成本 %,.0f。", cost));
  }

  static Text counter(Concession concession, int round, CounterOffer next, Offer last) {
    Text goal = goal(concession, round, next.target());
    Text step = step(next, last);
    return new Text(goal.en() + " " + step.en(), goal.zh() + step.zh());
  }

  private static Text goal(Concession concession, int round, double target) {
    if (!concession.isLast(round)) {
      return new Text(
          format(
              "In round %d we are ready to spend %,.0f, on the way to the fair division at %,.0f"
                  + " (limit %,.0f).",
              round, target, concession.reference().kalaiSmorodinsky(), concession.limitCost()),
          format(
              "第 %d 轮我方愿付出 %,.0f，向公平分配点 %,.0f 靠近（上限 %,.0f）。",
              round, target, concession.reference().kalaiSmorodinsky(), concession.limitCost()));
    }
    boolean atLimit = target >= concession.limitCost() * (1 - 1e-9);
    String en =
        atLimit
            ? "In round %d, our last, we are ready to go to our limit of %,.0f: losing the deal"
                + " would cost more."
            : "In round %d, our last, we are ready to spend %,.0f: half-way from our offer before"
                + " to where the deal would no longer pay, the best bet against a channel that"
                + " refused.";
    String zh =
        atLimit
            ? "第 %d 轮为最后一轮，我方愿达到上限 %,.0f：失去合作的损失更大。"
            : "第 %d 轮为最后一轮，我方愿付出 %,.0f：取上次报价与不再划算处的中点，是对方拒绝后期望收益最高的报价。";
    return new Text(format(en, round, target), format(zh, round, target));
  }

  private static Text step(CounterOffer next, Offer last) {
    double points = 100 * (next.offer().revenueShare() - last.revenueShare());
    double fee = next.offer().fixedFee() - last.fixedFee();
    return new Text(
        format(
            "The share changes by %+.2f points and the fee by %+,.2f, in proportion to what is"
                + " asked; the offer costs %,.0f.",
            points, fee, next.cost()),
        format("按对方要求的比例，分成变动 %+.2f 个百分点，费用变动 %+,.2f；报价成本 %,.0f。", points, fee, next.cost()));
  }
}
