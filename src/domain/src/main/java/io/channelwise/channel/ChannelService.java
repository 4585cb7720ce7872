package io.channelwise.channel;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Channels of a campaign and their attraction. Thread-safe. */
@Service
public class ChannelService {
  private final ChannelRepository channels;
  private final EventRepository events;

  ChannelService(ChannelRepository channels, EventRepository events) {
    this.channels = channels;
    this.events = events;
  }

  /** All channels of the campaign by name; empty when it brought none. */
  public List<Channel> channels(String campaignKey) {
    return channels.list(campaignKey);
  }

  public Optional<Channel> channel(String campaignKey, String name) {
    return channels.find(campaignKey, name);
  }

  /** P(U), R(C,U) and J(C) from all clicks recorded so far. */
  public Attraction attraction(String campaignKey) {
    List<String> names = channels.list(campaignKey).stream().map(Channel::channel).toList();
    return AttractionFormula.of(names, events.clicks(campaignKey));
  }
}
