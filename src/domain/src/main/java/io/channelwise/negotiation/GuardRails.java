package io.channelwise.negotiation;

/**
 * Between which offers we bargain: each figure lies between the opening's and the limits'.
 *
 * @param opening the first offer
 * @param limits the most we may grant, in each figure
 */
public record GuardRails(Offer opening, Offer limits) {
  /** Of the lower reference, to open with. */
  public static final double OPENING_FACTOR = 0.8;

  /** Of the higher reference, never to exceed. */
  public static final double LIMIT_FACTOR = 1.25;

  /**
   * @throws NegotiationException when the opening is above the limits in a figure
   */
  public GuardRails {
    if (opening.revenueShare() > limits.revenueShare() || opening.fixedFee() > limits.fixedFee()) {
      throw new NegotiationException(
          ("The opening (share %s, fee %s) is above the limits (share %s, fee %s); each figure of"
                  + " the opening must be at most that of the limits. Lower the opening.")
              .formatted(
                  opening.revenueShare(),
                  opening.fixedFee(),
                  limits.revenueShare(),
                  limits.fixedFee()),
          "开价（分成 %s，费用 %s）高于上限（分成 %s，费用 %s）；开价各项均不得超过上限，请调低开价。"
              .formatted(
                  opening.revenueShare(),
                  opening.fixedFee(),
                  limits.revenueShare(),
                  limits.fixedFee()));
    }
  }

  /**
   * Around what is known of the channel's terms: {@value #OPENING_FACTOR} × the lower of each
   * figure to open, {@value #LIMIT_FACTOR} × the higher as limit, the fee moreover never above
   * revenue × (1 − share limit), so that a contract at the limits does not lose money in its first
   * cycle. Shares are rounded to a hundredth of a per cent, fees down to cents.
   *
   * @param one e.g. the listed terms
   * @param other e.g. the median of what was agreed in the past
   * @param revenue of one cycle that reaches us, before the channel's share
   */
  public static GuardRails around(Offer one, Offer other, double revenue) {
    NegotiationException.requireBetween(
        revenue, 0, Prospect.MONEY_MAX, "The expected revenue", "预计收入");
    double shareLow = Math.min(one.revenueShare(), other.revenueShare());
    double shareHigh = Math.max(one.revenueShare(), other.revenueShare());
    double feeLow = Math.min(one.fixedFee(), other.fixedFee());
    double feeHigh = Math.max(one.fixedFee(), other.fixedFee());
    double shareMax = Math.min(1, Concession.roundShare(LIMIT_FACTOR * shareHigh));
    double breakEven = revenue * (1 - shareMax);
    double feeMax = Concession.floorFee(Math.min(LIMIT_FACTOR * feeHigh, breakEven));
    return new GuardRails(
        new Offer(
            Concession.roundShare(OPENING_FACTOR * shareLow),
            Concession.floorFee(Math.min(feeMax, OPENING_FACTOR * feeLow))),
        new Offer(shareMax, feeMax));
  }

  /** Whether neither figure is above its limit. */
  public boolean allow(Offer asked) {
    return asked.revenueShare() <= limits.revenueShare() && asked.fixedFee() <= limits.fixedFee();
  }
}
