package io.channelwise.support;

/**
 * A service window in figures. Its tickets are those opened since the end of the window before.
 *
 * @param automatic tickets answered from training material without an agent
 * @param meanMinutes mean time from opening to closing of the closed ones; 0 when none is closed
 * @param withinSla share answered in the time promised by their support channel, 0..1; null when no
 *     ticket came by a channel with a promise
 * @param satisfaction mean of (rating − 1) / 4 of the rated tickets, and of 1, 0.5, 0 for positive,
 *     neutral, negative sentiment of the others; {@link #SATISFACTION_UNKNOWN} when there is none
 * @param negativeShare share of negative tickets among those of known sentiment, 0..1; 0 when none
 */
public record ServiceSummary(
    int tickets,
    int closed,
    int automatic,
    int byAgent,
    int escalated,
    int surges,
    double meanMinutes,
    Double withinSla,
    double satisfaction,
    double negativeShare) {

  /** Half way, when nobody said anything. */
  public static final double SATISFACTION_UNKNOWN = 0.5;
}
