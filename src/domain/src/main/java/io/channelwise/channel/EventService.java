package io.channelwise.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.Sources;
import io.channelwise.campaign.Text;
import io.channelwise.domain.DomainConfiguration;
import java.io.InputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Behaviour events of a campaign. Thread-safe. */
@Service
public class EventService {
  private final CampaignService campaigns;
  private final ChannelRepository channels;
  private final EventRepository events;
  private final BehaviourRepository behaviour;
  private final ObjectMapper json;

  EventService(
      CampaignService campaigns,
      ChannelRepository channels,
      EventRepository events,
      BehaviourRepository behaviour,
      @Qualifier("domainJson") ObjectMapper json) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.behaviour = behaviour;
    this.json = json;
  }

  /**
   * Adds the events whose id is new; all of the request or none.
   *
   * <p>Streams: memory does not grow with the request. An event sent again, in the same request or
   * later, counts once and is no error.
   *
   * @param in read to its end, not closed
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   * @throws io.channelwise.campaign.InvalidDataException with what is wrong, row by row, up to 100
   *     findings; nothing was stored
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public EventsAdded append(String campaignKey, EventFormat format, InputStream in) {
    campaigns.require(campaignKey);
    Set<String> known =
        channels.list(campaignKey).stream().map(Channel::channel).collect(Collectors.toSet());
    RowFindings findings = new RowFindings("events");
    EventCheck check = new EventCheck(known, findings);
    EventRows rows =
        switch (format) {
          case CSV -> new CsvEvents(in, known, check, findings);
          case NDJSON -> EventRows.of(new NdjsonEvents(in, json, check, findings));
        };
    EventsAdded added = events.add(campaignKey, rows);
    findings.throwIfAny();
    return added;
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

  /**
   * What each segment did on a channel, by segment.
   *
   * @param from inclusive
   * @param to exclusive
   */
  public List<Reactions> reactions(String campaignKey, String channel, Instant from, Instant to) {
    return events.reactions(campaignKey, channel, from, to);
  }

  /**
   * What was recorded, by channel, segment and type.
   *
   * @param from inclusive; null for the beginning
   * @param to exclusive; null for the end
   */
  public List<EventCount> counts(String campaignKey, Instant from, Instant to) {
    campaigns.require(campaignKey);
    return events.counts(campaignKey, from, to);
  }

  /**
   * The events that figures were computed from.
   *
   * @param from inclusive; null for the beginning
   * @param to exclusive; null for what is recorded now
   */
  public Source source(String campaignKey, Instant from, Instant to) {
    Map<String, String> span = new LinkedHashMap<>();
    if (from != null) {
      span.put("from", from.toString());
    }
    if (to != null) {
      span.put("to", to.toString());
    }
    String query = span.isEmpty() ? "" : "?" + Sources.query(span);
    long recorded = events.recorded(campaignKey);
    return new Source(
        campaignKey + "/events/" + recorded + query,
        new Text(
            "Behaviour events%s: %,d recorded when this was computed"
                .formatted(within(" from ", " until ", from, to), recorded),
            "行为数据%s：计算时已记录 %,d 条".formatted(within("，自 ", "，至 ", from, to), recorded)),
        Sources.path("api", "campaigns", campaignKey, "events") + query);
  }

  private static String within(String since, String until, Instant from, Instant to) {
    return (from == null ? "" : since + from) + (to == null ? "" : until + to);
  }

  /**
   * What users did before they bought, of all events recorded so far on channels that are known;
   * the same events give the same list. Where there are more users, a random part that stays the
   * same.
   *
   * @param limit most users
   */
  public List<UserBehaviour> behaviour(String campaignKey, int limit) {
    return behaviour.users(campaignKey, limit);
  }
}
