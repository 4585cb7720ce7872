package io.channelwise.research;

import io.channelwise.campaign.CampaignSettings;
import io.channelwise.campaign.Text;

/**
 * What each part of the score counts; kept so that they sum to 1.
 *
 * @param need weight of the need
 * @param room weight of the room competitors leave
 * @param growth weight of the market's growth
 * @param payment weight of the willingness to pay
 */
public record OpportunityWeights(double need, double room, double growth, double payment) {
  /** The weights of a ranking where neither the campaign nor a person sets others. */
  public static final OpportunityWeights DEFAULT = new OpportunityWeights(0.40, 0.25, 0.15, 0.20);

  /**
   * @throws InvalidWeightsException when a weight is negative, no number or infinite, or all are 0
   */
  public OpportunityWeights {
    check("need", "需求", need);
    check("room", "空间", room);
    check("growth", "增长", growth);
    check("payment", "支付", payment);
    double most = Math.max(Math.max(need, room), Math.max(growth, payment));
    if (most == 0) {
      throw new InvalidWeightsException(
          new Text(
              "The weights of the opportunity score are all 0; expected at least one above 0.",
              "机会评分的权重全为 0；至少应有一个大于 0。"));
    }
    double sum = need + room + growth + payment;
    if (Math.abs(sum - 1) > 1e-12) {
      // First by the largest, so that no sum is infinite.
      sum = need / most + room / most + growth / most + payment / most;
      need = need / most / sum;
      room = room / most / sum;
      growth = growth / most / sum;
      payment = payment / most / sum;
    }
  }

  private static void check(String name, String chinese, double weight) {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new InvalidWeightsException(
          new Text(
              "The weight %s of the opportunity score is %s; expected a number of at least 0."
                  .formatted(name, weight),
              "机会评分的权重“%s”为 %s；应为不小于 0 的数。".formatted(chinese, weight)));
    }
  }

  /**
   * Weights as a person or a client gives them.
   *
   * @throws InvalidWeightsException when one is missing, or they are no weights
   */
  public static OpportunityWeights of(Double need, Double room, Double growth, Double payment) {
    return new OpportunityWeights(
        given("need", "需求", need),
        given("room", "空间", room),
        given("growth", "增长", growth),
        given("payment", "支付", payment));
  }

  private static double given(String name, String chinese, Double weight) {
    if (weight == null) {
      throw new InvalidWeightsException(
          new Text(
              "The weight %s of the opportunity score is missing; name need, room, growth and payment, each a number of at least 0."
                  .formatted(name),
              "缺少机会评分的权重“%s”；请给出 need、room、growth 和 payment，均为不小于 0 的数。".formatted(chinese)));
    }
    return weight;
  }

  /** The campaign's own, or the default. */
  static OpportunityWeights of(CampaignSettings settings) {
    CampaignSettings.OpportunityWeights set = settings.opportunityWeights();
    return set == null
        ? DEFAULT
        : new OpportunityWeights(set.need(), set.room(), set.growth(), set.payment());
  }

  double[] array() {
    return new double[] {need, room, growth, payment};
  }

  /**
   * @param parts in the order of the weights
   */
  double sum(double[] parts) {
    return need * parts[0] + room * parts[1] + growth * parts[2] + payment * parts[3];
  }
}
