package io.channelwise.steering;

import io.channelwise.campaign.Text;
import java.math.BigDecimal;
import java.util.List;

/**
 * Money released in one step.
 *
 * @param due what was to be released
 * @param unplaced what every channel's limit kept back
 * @param trust weight of the results against the approved allocation, 0..1
 * @param shifts one a channel, by channel
 */
public record SteeringAnswer(
    BigDecimal due, BigDecimal unplaced, double trust, List<Shift> shifts) {

  public SteeringAnswer {
    shifts = List.copyOf(shifts);
  }

  /**
   * What one channel gets in this step.
   *
   * @param amount whole cents
   * @param planned what it would get by the approved allocation alone, whole cents
   * @param best posterior probability that its money brings most purchases; 0..1
   * @param rate purchases for one unit of money, posterior mean; 0 before any click
   * @param low of the 95 % credible interval
   * @param high of the 95 % credible interval
   * @param reason why it gets this and not {@code planned}
   */
  public record Shift(
      String channel,
      BigDecimal amount,
      BigDecimal planned,
      double best,
      double rate,
      double low,
      double high,
      Text reason) {

    /** What results moved to the channel; negative when they moved it away. */
    public BigDecimal moved() {
      return amount.subtract(planned);
    }
  }
}
