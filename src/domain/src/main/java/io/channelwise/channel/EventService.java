package io.channelwise.channel;

import java.time.Instant;
import org.springframework.stereotype.Service;

/** Behaviour events of a campaign. Thread-safe. */
@Service
public class EventService {
  private final EventRepository events;

  EventService(EventRepository events) {
    this.events = events;
  }

  /**
   * Sums up the events of a channel.
   *
   * @param channel null for all
   * @param from inclusive; null for the beginning
   * @param to exclusive; null for the end
   */
  public EventTotals totals(String campaignKey, String channel, Instant from, Instant to) {
    return events.totals(campaignKey, channel, from, to);
  }
}
