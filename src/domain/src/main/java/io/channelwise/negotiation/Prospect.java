package io.channelwise.negotiation;

/**
 * What a channel promises, and what each side has without the deal. Money in the campaign's
 * currency.
 *
 * <p>Revenue of one cycle = reach × attraction × conversion × revenue a purchase. A term of n
 * cycles is worth the annuity a = Σ (1 + d)^−i, i = 0 … n − 1, of the first one. An exclusive
 * channel takes over a part (the diversion) of the revenue of the channels that it shuts out; what
 * those would have left for us is lost. The tiers above a reseller keep their margin of what it
 * passes on.
 *
 * @param revenue expected from the channel alone in one cycle, before anybody's share
 * @param cycles how many cycles the contract runs, 1 to 1,000
 * @param discount per cycle, 0 to 1
 * @param rivals revenue a cycle of the channels that exclusivity would shut out
 * @param rivalsLeave what of it those leave for us
 * @param diversion share (0..1) of the rivals' revenue that an exclusive channel takes over
 * @param exclusive whether the rivals are shut out
 * @param tiersAbove share (0..1) that upper tiers of resale keep of what this one passes on
 * @param serving share (0..1) of the revenue that selling costs the channel
 * @param ourAlternative what we have over the term without the deal
 * @param theirAlternative what the channel has over the term without the deal
 */
public record Prospect(
    double revenue,
    int cycles,
    double discount,
    double rivals,
    double rivalsLeave,
    double diversion,
    boolean exclusive,
    double tiersAbove,
    double serving,
    double ourAlternative,
    double theirAlternative) {
  /** Beyond any amount anyone would pay; keeps sums finite. */
  public static final double MONEY_MAX = 1e15;

  /**
   * @throws NegotiationException when a figure is out of its range or not a number
   */
  public Prospect {
    NegotiationException.requireBetween(revenue, 0, MONEY_MAX, "The expected revenue", "预计收入");
    NegotiationException.requireBetween(cycles, 1, 1_000, "The number of cycles", "周期数");
    NegotiationException.requireBetween(discount, 0, 1, "The discount per cycle", "每周期折现率");
    NegotiationException.requireBetween(
        rivals, 0, MONEY_MAX, "The revenue of the channels shut out", "被排除渠道的收入");
    NegotiationException.requireBetween(
        rivalsLeave, 0, rivals, "What the channels shut out leave for us", "被排除渠道留给我方的金额");
    NegotiationException.requireBetween(diversion, 0, 1, "The diversion", "转移比例");
    NegotiationException.requireBetween(
        tiersAbove, 0, 1, "The margin of the tiers above", "上级分销利润率");
    NegotiationException.requireBetween(serving, 0, 1, "The cost of selling", "销售成本比例");
    NegotiationException.requireBetween(
        ourAlternative, 0, MONEY_MAX, "Our alternative", "我方替代方案的价值");
    NegotiationException.requireBetween(
        theirAlternative, 0, MONEY_MAX, "The channel's alternative", "渠道替代方案的价值");
  }

  /** A channel of this revenue a cycle: one cycle, not exclusive, no alternatives. */
  public static Prospect of(double revenue) {
    return new Prospect(revenue, 1, 0, 0, 0, 0, false, 0, 0, 0, 0);
  }

  /**
   * A channel by its parts.
   *
   * @param reach people it can reach in one cycle
   * @param attraction share (0..1) of them who look
   * @param conversion purchases a click (0..1)
   * @param revenuePerPurchase in the campaign's currency
   */
  public static Prospect of(
      double reach, double attraction, double conversion, double revenuePerPurchase) {
    NegotiationException.requireBetween(reach, 0, MONEY_MAX, "The reach", "覆盖人数");
    NegotiationException.requireBetween(attraction, 0, 1, "The attraction", "吸引度");
    NegotiationException.requireBetween(conversion, 0, 1, "The conversion", "转化率");
    NegotiationException.requireBetween(
        revenuePerPurchase, 0, MONEY_MAX, "The revenue a purchase", "单次购买收入");
    return of(reach * attraction * conversion * revenuePerPurchase);
  }

  public Prospect over(int termCycles, double discountPerCycle) {
    return new Prospect(
        revenue,
        termCycles,
        discountPerCycle,
        rivals,
        rivalsLeave,
        diversion,
        exclusive,
        tiersAbove,
        serving,
        ourAlternative,
        theirAlternative);
  }

  /** The same with the rivals shut out. */
  public Prospect shutting(double rivalRevenue, double leftForUs, double diverted) {
    return new Prospect(
        revenue,
        cycles,
        discount,
        rivalRevenue,
        leftForUs,
        diverted,
        true,
        tiersAbove,
        serving,
        ourAlternative,
        theirAlternative);
  }

  public Prospect below(double marginOfTiersAbove) {
    return new Prospect(
        revenue,
        cycles,
        discount,
        rivals,
        rivalsLeave,
        diversion,
        exclusive,
        marginOfTiersAbove,
        serving,
        ourAlternative,
        theirAlternative);
  }

  /**
   * @param costOfSelling share of the revenue
   * @param ours what we have without the deal
   * @param theirs what the channel has without it
   */
  public Prospect without(double costOfSelling, double ours, double theirs) {
    return new Prospect(
        revenue,
        cycles,
        discount,
        rivals,
        rivalsLeave,
        diversion,
        exclusive,
        tiersAbove,
        costOfSelling,
        ours,
        theirs);
  }

  /** Worth of one unit of money a cycle over the term. */
  public double annuity() {
    return discount == 0
        ? cycles
        : (1 - Math.pow(1 + discount, -cycles)) / (1 - 1 / (1 + discount));
  }

  /** Over the term, before anybody's share, with what an exclusive channel takes over. */
  public double gross() {
    return annuity() * (revenue + (exclusive ? diversion * rivals : 0));
  }
}
