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

  static Text granted(double cost) {
    return new Text(
        format("What is asked is within our limits and costs %,.0f: it is granted as it is.", cost),
        format("对方要求在我方上限之内，成本 %,.0f，照此同意。", cost));
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
