package io.channelwise.promotion;

import io.channelwise.campaign.Briefing.Source;
import io.channelwise.campaign.ImportService;
import io.channelwise.campaign.Methods;
import io.channelwise.channel.EventService;
import io.channelwise.deal.DealSources;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the figures of a promotion were computed from. Thread-safe. */
@Component
class PromotionSources {
  private final ImportService imports;
  private final EventService events;

  PromotionSources(ImportService imports, EventService events) {
    this.imports = imports;
    this.events = events;
  }

  /** Of the choice of materials and their ranking. */
  List<Source> materials(String campaignKey, int cycle) {
    List<Source> sources =
        new ArrayList<>(
            imports.sources(campaignKey, "materials", "activities", "channels", "survey"));
    sources.add(DealSources.cycle(campaignKey, cycle));
    sources.add(events.source(campaignKey, null, null));
    return sources;
  }

  /** Of a sharing of the budget. */
  List<Source> budget(String campaignKey, int cycle, int version) {
    List<Source> sources = new ArrayList<>();
    sources.add(PromotionTrace.allocationSource(campaignKey, cycle, version));
    sources.add(DealSources.cycle(campaignKey, cycle));
    sources.addAll(imports.sources(campaignKey, "channels", "activities"));
    sources.add(events.source(campaignKey, null, null));
    sources.add(Methods.ALLOCATION);
    sources.add(Methods.ATTRACTION);
    sources.add(Methods.ATTRIBUTION);
    sources.add(Methods.SATURATION);
    return sources;
  }

  /**
   * Of what a promotion brought.
   *
   * @param from of the dispatch; null before
   * @param to of the last collection; null before
   */
  List<Source> results(String campaignKey, int cycle, int version, Instant from, Instant to) {
    return List.of(
        PromotionTrace.promotionSource(campaignKey, cycle),
        PromotionTrace.allocationSource(campaignKey, cycle, version),
        events.source(campaignKey, from, to),
        Methods.STEERING);
  }
}
