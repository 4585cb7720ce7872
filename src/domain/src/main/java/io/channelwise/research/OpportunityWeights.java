package io.channelwise.research;

/**
 * What each part of the score counts; kept so that they sum to 1.
 *
 * @param need weight of the need
 * @param room weight of the room competitors leave
 * @param growth weight of the market's growth
 * @param payment weight of the willingness to pay
 */
public record OpportunityWeights(double need, double room, double growth, double payment) {
  /** The weights of a campaign's ranking. */
  public static final OpportunityWeights DEFAULT = new OpportunityWeights(0.40, 0.25, 0.15, 0.20);

  public OpportunityWeights {
    double[] all = {need, room, growth, payment};
    double sum = need + room + growth + payment;
    for (double weight : all) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException(
            "A weight of the opportunity score is %s; expected a number of at least 0."
                .formatted(weight));
      }
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException(
          "The weights of the opportunity score are all 0; expected at least one above 0.");
    }
    if (Math.abs(sum - 1) > 1e-12) {
      need = need / sum;
      room = room / sum;
      growth = growth / sum;
      payment = payment / sum;
    }
  }

  double[] array() {
    return new double[] {need, room, growth, payment};
  }
}
