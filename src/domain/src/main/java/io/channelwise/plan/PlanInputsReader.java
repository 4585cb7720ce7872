package io.channelwise.plan;

import io.channelwise.campaign.Campaign;
import io.channelwise.channel.Attraction;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealService;
import io.channelwise.plan.PlanInputs.Rival;
import io.channelwise.plan.PlanInputs.SignedChannel;
import io.channelwise.research.ResearchService;
import io.channelwise.research.WillingnessToPay;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Gathers what the plan model computes with from the other domains. Thread-safe. */
@Component
class PlanInputsReader {
  /** Cost of serving a customer, in parts of the reference price, when a campaign names none. */
  static final double UNIT_COST_PART = 0.2;

  private final ResearchService research;
  private final ChannelService channels;
  private final EventService events;
  private final DealService deals;

  PlanInputsReader(
      ResearchService research, ChannelService channels, EventService events, DealService deals) {
    this.research = research;
    this.channels = channels;
    this.events = events;
    this.deals = deals;
  }

  PlanInputs read(Campaign campaign, int cycle, String targetMarket) {
    String key = campaign.key();
    List<Rival> rivals =
        research.competitors(key, targetMarket).stream()
            .map(c -> new Rival(c.name(), c.share(), c.price()))
            .toList();
    Optional<WillingnessToPay> willingness =
        research.willingnessToPay(key, targetMarket).filter(w -> w.mean() > 0);
    Attraction attraction = channels.attraction(key);
    PlanInputs market =
        new PlanInputs(
            targetMarket,
            rivals,
            willingness.map(WillingnessToPay::mean).orElse(null),
            willingness.map(WillingnessToPay::deviation).orElse(null),
            willingness.map(WillingnessToPay::respondents).orElse(null),
            0,
            campaign.settings().technicalStandard(),
            campaign.settings().channelsMax(),
            campaign.settings().capacity(),
            attraction.clicks(),
            List.of(),
            PlanParameters.of(campaign.settings().plan()));
    double referencePrice = PlanModel.referencePrice(market);
    Double unitCost = campaign.settings().unitCost();
    return market.withDemand(
        market.willingnessToPay(),
        market.willingnessSpread(),
        unitCost == null ? UNIT_COST_PART * referencePrice : unitCost,
        signed(key, cycle, referencePrice, attraction));
  }

  private List<SignedChannel> signed(
      String campaignKey, int cycle, double referencePrice, Attraction attraction) {
    double purchase = events.totals(campaignKey, null, null, null).revenuePerPurchase();
    double revenueOfOne = purchase > 0 ? purchase : referencePrice;
    // A channel that signed twice sells once, on its latest terms.
    Map<String, Deal> byChannel = new TreeMap<>();
    deals.signed(campaignKey, cycle).stream()
        .sorted(Comparator.comparing(Deal::createdAt))
        .forEach(deal -> byChannel.put(deal.channel(), deal));
    return byChannel.values().stream()
        .map(
            deal ->
                new SignedChannel(
                    deal.channel(),
                    attraction.of(deal.channel()).map(Attraction.Ranked::attraction).orElse(0.0),
                    revenueOfOne > 0 ? deal.grossRevenue() / revenueOfOne : 0,
                    kept(deal),
                    deal.agreed().fixedFee()))
        .toList();
  }

  /**
   * Of what customers pay, what the channel and the tiers of resale above it keep: customers are
   * counted by what they pay, not by what reaches us of it.
   */
  private static double kept(Deal deal) {
    return 1 - (1 - deal.agreed().revenueShare()) * (1 - deal.tiersAbove());
  }
}
