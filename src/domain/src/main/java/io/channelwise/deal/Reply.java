package io.channelwise.deal;

/**
 * A partner's answer to the offer of a round.
 *
 * @param revenueShare asked for, 0..1; only for {@link ReplyOutcome#COUNTER}, null: as offered
 * @param fixedFee asked for, at least 0; only for {@link ReplyOutcome#COUNTER}, null: as offered
 */
public record Reply(ReplyOutcome outcome, Double revenueShare, Double fixedFee) {

  public static Reply accept() {
    return new Reply(ReplyOutcome.ACCEPT, null, null);
  }

  public static Reply reject() {
    return new Reply(ReplyOutcome.REJECT, null, null);
  }

  public static Reply counter(Double revenueShare, Double fixedFee) {
    return new Reply(ReplyOutcome.COUNTER, revenueShare, fixedFee);
  }

  /**
   * The terms this answer stands for.
   *
   * @throws InvalidReplyException when it cannot stand for any
   */
  Terms terms(Terms offered) {
    if (outcome == null) {
      throw new InvalidReplyException(
          "The answer has no outcome; expected accept, counter or reject.",
          "答复缺少结果；应为 accept（接受）、counter（还价）或 reject（拒绝）。");
    }
    return switch (outcome) {
      case ACCEPT, REJECT -> offered;
      case COUNTER -> asked(offered);
    };
  }

  private Terms asked(Terms offered) {
    if (revenueShare == null && fixedFee == null) {
      throw new InvalidReplyException(
          "The counter-offer has no terms; expected a revenue share, a fixed fee or both.",
          "还价缺少条款；应给出分成、固定费用或两者。");
    }
    double share = revenueShare == null ? offered.revenueShare() : revenueShare;
    double fee = fixedFee == null ? offered.fixedFee() : fixedFee;
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidReplyException(
          "The revenue share is %s; expected 0 to 1, as 0.15 for 15 %%.".formatted(share),
          "分成为 %s；应在 0 到 1 之间，例如 0.15 表示 15%%。".formatted(share));
    }
    if (!(fee >= 0 && fee < Terms.FEE_MAX)) {
      throw new InvalidReplyException(
          "The fixed fee is %s; expected 0 or more, and less than %.0f."
              .formatted(fee, Terms.FEE_MAX),
          "固定费用为 %s；应不小于 0 且小于 %.0f。".formatted(fee, Terms.FEE_MAX));
    }
    return new Terms(share, fee);
  }
}
