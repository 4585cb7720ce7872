package io.channelwise.replay;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.Text;
import java.util.List;

/**
 * A past cycle run again: what was recorded beside what would have come out. The same request on
 * the same cycle gives the same answer.
 *
 * @param currency of prices and money
 * @param change what was asked for
 * @param planId the plan that was compared: the chosen one, else the recommended; null without plan
 * @param sharingVersion of the sharing of the budget that was compared; null without one
 * @param plan figures of the plan; empty without plan
 * @param budget figures of the sharing of the promotion budget; empty without one
 * @param channels money by channel, by name; empty without a sharing
 * @param heldFixed what the replay takes as it was recorded
 * @param sentences what the change does, one thing each
 * @param sources what was recorded and replayed: the plan search's inputs, the allocation with its
 *     inputs
 */
public record Replay(
    String campaignKey,
    int cycle,
    String currency,
    Change change,
    String planId,
    Integer sharingVersion,
    List<Compared> plan,
    List<Compared> budget,
    List<Compared> channels,
    List<Text> heldFixed,
    List<Text> sentences,
    List<Source> sources) {

  public Replay {
    plan = List.copyOf(plan);
    budget = List.copyOf(budget);
    channels = List.copyOf(channels);
    heldFixed = List.copyOf(heldFixed);
    sentences = List.copyOf(sentences);
    sources = List.copyOf(sources);
  }

  /**
   * One figure, recorded and replayed.
   *
   * @param id of the figure, or the channel's name
   * @param recorded null when it was not recorded
   * @param replayed null when the change leaves none
   * @param difference replayed less recorded; null when either is null
   * @param low where the replayed figure is in nine cases of ten, by the spread of what the plan
   *     model was given; null when not known
   * @param high likewise
   * @param unit empty for a pure number
   */
  public record Compared(
      String id,
      Text label,
      Double recorded,
      Double replayed,
      Double difference,
      Double low,
      Double high,
      String unit) {

    static Compared of(String id, Text label, Double recorded, Double replayed, String unit) {
      boolean both = recorded != null && replayed != null;
      return new Compared(
          id, label, recorded, replayed, both ? replayed - recorded : null, null, null, unit);
    }

    Compared within(double lower, double upper) {
      return new Compared(id, label, recorded, replayed, difference, lower, upper, unit);
    }

    /** Whether the replay gives exactly what was recorded. */
    boolean isSame() {
      return recorded == null ? replayed == null : recorded.equals(replayed);
    }
  }
}
