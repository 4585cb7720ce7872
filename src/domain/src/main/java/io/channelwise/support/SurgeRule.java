package io.channelwise.support;

/**
 * When customers turn angry: the rule behind the message {@code sentiment-surge}.
 *
 * <p>Looked at after each classified ticket: the last {@value #WINDOW} classified tickets of the
 * campaign (fewer while there are fewer). It is a surge when at least {@value #NEGATIVE_MIN} of
 * them are negative and their negative share is above {@value #FACTOR} times the long-run share,
 * the share among all earlier tickets with one negative in ten tickets added, so that a young
 * campaign has a baseline of 10 %. After a surge the next one needs {@value #WINDOW} further
 * tickets: at most one alarm a window.
 */
final class SurgeRule {
  static final int WINDOW = 20;
  static final int NEGATIVE_MIN = 8;
  static final int FACTOR = 2;
  private static final double PRIOR_NEGATIVE = 1;
  private static final double PRIOR_TICKETS = 10;

  private SurgeRule() {}

  /**
   * Counts after the ticket in hand.
   *
   * @param classified tickets classified so far, the one in hand included
   * @param negative negative ones among them
   * @param windowNegative negative ones among the last {@link #WINDOW} of them
   * @param lastSurgeNo number of the ticket that raised the last surge; null when none did
   */
  record Counts(long classified, long negative, long windowNegative, Long lastSurgeNo) {

    long windowTickets() {
      return Math.min(WINDOW, classified);
    }

    /** Negative share of the window, 0..1. */
    double windowShare() {
      return (double) windowNegative / windowTickets();
    }

    /** Negative share before the window with the prior, 0..1. */
    double longRunShare() {
      return (negative - windowNegative + PRIOR_NEGATIVE)
          / (classified - windowTickets() + PRIOR_TICKETS);
    }
  }

  static boolean surge(Counts counts) {
    boolean quiet =
        counts.lastSurgeNo() == null || counts.classified() - counts.lastSurgeNo() >= WINDOW;
    return quiet
        && counts.windowNegative() >= NEGATIVE_MIN
        && counts.windowShare() > FACTOR * counts.longRunShare();
  }
}
