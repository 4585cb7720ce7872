package io.channelwise.promotion;

import io.channelwise.channel.EventService;
import io.channelwise.steering.MaterialRanking;
import io.channelwise.steering.MaterialRanking.Ranked;
import io.channelwise.steering.MaterialRanking.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What segments did where materials were sent. Thread-safe. */
@Component
class MaterialFit {
  private final SpendRepository spends;
  private final EventService events;

  MaterialFit(SpendRepository spends, EventService events) {
    this.spends = spends;
    this.events = events;
  }

  /**
   * What was seen of the materials sent up to a cycle, from the first time each went to a channel;
   * several for one material and segment, one a channel.
   *
   * @param until exclusive
   */
  List<Seen> seen(String campaignKey, int cycle, Instant until) {
    List<Seen> seen = new ArrayList<>();
    for (SpendRepository.FirstSent sent : spends.firstSent(campaignKey, cycle)) {
      events
          .reactions(campaignKey, sent.channel(), sent.sentAt(), until)
          .forEach(r -> seen.add(new Seen(sent.material(), r.segment(), r.views(), r.clicks())));
    }
    return seen;
  }

  /** The ranking of all that was sent up to a cycle; empty without any view. */
  List<Ranked> ranking(String campaignKey, int cycle, Instant until) {
    return MaterialRanking.rank(seen(campaignKey, cycle, until));
  }
}
