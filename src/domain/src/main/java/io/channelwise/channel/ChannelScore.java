package io.channelwise.channel;

/**
 * How well a channel suits a target market.
 *
 * @param score 0 (poor) to 1 (good), see {@link ScoreFormula}
 * @param objective J(C) of {@link Attraction}
 * @param attraction A(C) of {@link Attraction}, 0..1
 * @param reach people reached in one cycle
 * @param fixedCost listed cost for one cycle, in the campaign's currency
 * @param revenueShare listed share the channel keeps, 0..1
 */
public record ChannelScore(
    String channel,
    String kind,
    double score,
    double objective,
    double attraction,
    double reach,
    double fixedCost,
    double revenueShare) {}
