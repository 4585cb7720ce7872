package io.channelwise.channel;

import java.util.Map;

/**
 * What one user did before buying for the first time, or at all; for models of purchases. Nothing
 * in it was known only after the purchase.
 *
 * @param user who it is; never a column of a model
 * @param segment of the first event
 * @param firstChannel of the first event
 * @param views number of them
 * @param clicks number of them
 * @param clicksByChannel sums to {@code clicks}; channels without one are left out
 * @param channels different ones that were touched
 * @param hours from the first to the last event, to two places
 * @param firstHour of the first event in UTC, 0 to 23
 * @param firstWeekday of the first event in UTC, 1 (Monday) to 7
 * @param bought whether a purchase followed
 */
public record UserBehaviour(
    String user,
    String segment,
    String firstChannel,
    int views,
    int clicks,
    Map<String, Integer> clicksByChannel,
    int channels,
    double hours,
    int firstHour,
    int firstWeekday,
    boolean bought) {

  public UserBehaviour {
    clicksByChannel = Map.copyOf(clicksByChannel);
  }
}
