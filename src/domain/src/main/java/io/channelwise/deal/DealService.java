package io.channelwise.deal;

import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.channel.EventService;
import io.channelwise.channel.EventTotals;
import io.channelwise.deal.NegotiationStrategy.Behaviour;
import io.channelwise.deal.NegotiationStrategy.Opening;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.negotiation.Concession;
import io.channelwise.negotiation.CounterOffer;
import io.channelwise.negotiation.ResaleChain;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deals with channels: drafted, countered, signed, withdrawn; answers are taken through {@link
 * #reply} and {@link #recordReply}. Thread-safe: each change locks the deal's row first.
 */
@Service
public class DealService {
  private final CampaignService campaigns;
  private final ChannelService channels;
  private final EventService events;
  private final DealRepository deals;
  private final HistoryRepository history;
  private final MessageRepository messages;
  private final DealReplies replies;
  private final DealBriefing briefing;
  private final Clock clock;

  DealService(
      CampaignService campaigns,
      ChannelService channels,
      EventService events,
      DealRepository deals,
      HistoryRepository history,
      MessageRepository messages,
      DealReplies replies,
      DealBriefing briefing,
      Clock clock) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.events = events;
    this.deals = deals;
    this.history = history;
    this.messages = messages;
    this.replies = replies;
    this.briefing = briefing;
    this.clock = clock;
  }

  public Optional<Deal> find(String dealId) {
    return deals.find(dealId);
  }

  /**
   * @throws UnknownDealException when there is none
   */
  public Deal require(String dealId) {
    return deals.find(dealId).orElseThrow(() -> new UnknownDealException(dealId));
  }

  /**
   * When the offer of a round was put on the table.
   *
   * @throws UnknownDealException when there is no such deal or round
   */
  public Instant offeredAt(String dealId, int round) {
    return deals.rounds(dealId).stream()
        .filter(r -> r.round() == round)
        .map(DealRepository.Round::offeredAt)
        .findFirst()
        .orElseThrow(() -> new UnknownDealException(dealId));
  }

  /** Deals of the cycle in any state, by channel. */
  public List<Deal> list(String campaignKey, int cycle) {
    return deals.list(campaignKey, cycle);
  }

  /** Deals of the cycle that are signed and not withdrawn, by channel. */
  public List<Deal> signed(String campaignKey, int cycle) {
    return list(campaignKey, cycle).stream().filter(d -> d.state() == DealState.SIGNED).toList();
  }

  /** As {@link #draft(String, int, String, String, Integer)}, in the usual number of rounds. */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Deal draft(String campaignKey, int cycle, String channelName, String dealId) {
    return draft(campaignKey, cycle, channelName, dealId, null);
  }

  /**
   * Works out opening terms and limits by {@link NegotiationStrategy} and stores them, on the
   * revenue that the tiers of resale above the channel leave; a deal that is there already is
   * returned as it stands.
   *
   * @param roundsMax rounds that offers are made in, 1 to 20; null for 3
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   * @throws DealStateException when the campaign has no such channel
   * @throws io.channelwise.negotiation.NegotiationException when the rounds are out of their range
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Deal draft(
      String campaignKey, int cycle, String channelName, String dealId, Integer roundsMax) {
    campaigns.require(campaignKey);
    Optional<Deal> before = deals.find(dealId);
    if (before.isPresent()) {
      return before.get();
    }
    Channel channel =
        channels
            .channel(campaignKey, channelName)
            .orElseThrow(
                () ->
                    new DealStateException(
                        "Deal %s cannot be drafted: campaign %s has no channel “%s”. Add it to"
                                .formatted(dealId, campaignKey, channelName)
                            + " channels.csv and try again."));
    insert(campaignKey, cycle, channel, dealId, roundsMax);
    briefing.refresh(dealId);
    return require(dealId);
  }

  private void insert(
      String campaignKey, int cycle, Channel channel, String dealId, Integer roundsMax) {
    ResaleChain tiers =
        Tiers.above(channel, channel.revenueShare(), channels.channels(campaignKey));
    double gross = expectedRevenue(campaignKey, channel);
    double revenue = gross * (1 - tiers.marginAbove());
    Opening opening =
        NegotiationStrategy.open(
            channel,
            sameKind(campaignKey, channel),
            history.agreements(campaignKey, cycle),
            revenue);
    int rounds = roundsMax == null ? NegotiationStrategy.ROUNDS_MAX : roundsMax;
    Instant now = now();
    deals.insertIfNew(
        opening.partnerWalkAway(),
        NegotiationStrategy.concession(opening, revenue, rounds).open().why(),
        new Deal(
            dealId,
            campaignKey,
            cycle,
            channel.channel(),
            DealState.DRAFTED,
            1,
            rounds,
            opening.offer(),
            opening.limits(),
            null,
            revenue,
            gross,
            opening.offer().cost(revenue),
            false,
            history.termMonths(campaignKey),
            now,
            now));
  }

  private List<String> sameKind(String campaignKey, Channel channel) {
    return channels.channels(campaignKey).stream()
        .filter(c -> c.kind().equalsIgnoreCase(channel.kind()))
        .map(Channel::channel)
        .toList();
  }

  private double expectedRevenue(String campaignKey, Channel channel) {
    EventTotals all = events.totals(campaignKey, null, null, null);
    EventTotals own = events.totals(campaignKey, channel.channel(), null, null);
    double attraction =
        channels.attraction(campaignKey).of(channel.channel()).orElseThrow().attraction();
    return NegotiationStrategy.expectedRevenue(
        channel.reach(),
        attraction,
        new Behaviour(own.clicks(), own.purchases(), all.clicks(), all.purchases(), all.revenue()));
  }

  /**
   * Puts the offer of the next round on the table, by {@link Concession}; when it is there already,
   * the deal is returned as it stands.
   *
   * @param round of the offer that was answered
   * @param asked what the partner wants
   * @throws DealStateException when the deal is closed or in another round
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Deal counter(String dealId, int round, Terms asked) {
    return nextOffer(
        dealId,
        round,
        (deal, concession) ->
            concession.next(
                round + 1,
                NegotiationStrategy.offer(deal.offer()),
                NegotiationStrategy.offer(asked)));
  }

  /**
   * Puts what a person wants on the table as the next round's offer, each figure cut to its limit;
   * when there is an offer of that round already, the deal is returned as it stands.
   *
   * @param round of our offer before
   * @throws DealStateException when the deal is closed or in another round
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Deal offer(String dealId, int round, Terms wanted) {
    return nextOffer(
        dealId, round, (deal, concession) -> concession.byHand(NegotiationStrategy.offer(wanted)));
  }

  private Deal nextOffer(
      String dealId, int round, BiFunction<Deal, Concession, CounterOffer> strategy) {
    Deal deal = lock(dealId);
    if (deal.round() == round + 1) {
      return deal;
    }
    if (deal.state().isClosed() || deal.round() != round) {
      throw new DealStateException(
          "Deal %s cannot be countered after round %d: it is %s in round %d."
              .formatted(dealId, round, deal.state().text(), deal.round()));
    }
    CounterOffer next = strategy.apply(deal, concession(deal));
    Terms offer = NegotiationStrategy.terms(next.offer());
    deals.nextRound(dealId, round + 1, offer, next.why(), now());
    briefing.refresh(dealId);
    return require(dealId);
  }

  private Concession concession(Deal deal) {
    return NegotiationStrategy.concession(
        deals.opening(deal.id()), deal.expectedRevenue(), deal.roundsMax());
  }

  /**
   * The most that a counter-offer within the limits to the offer on the table may cost us to be
   * accepted, by {@link Concession#acceptCostMax}.
   */
  public double acceptCostMax(Deal deal) {
    return concession(deal).acceptCostMax(deal.round(), NegotiationStrategy.offer(deal.offer()));
  }

  /** What the offer of a round answers; empty when it does not answer a counter-offer. */
  public Optional<Movement> movement(String dealId, int round) {
    return deals.movement(dealId, round);
  }

  /**
   * Makes the terms binding; signing the same terms again changes nothing.
   *
   * @throws DealStateException when the deal is withdrawn, or signed with other terms
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Deal sign(String dealId, Terms agreed) {
    Deal deal = lock(dealId);
    if (deal.state() == DealState.SIGNED && agreed.equals(deal.agreed())) {
      return deal;
    }
    if (deal.state().isClosed()) {
      throw new DealStateException(
          "Deal %s cannot be signed: it is %s already. Start a new negotiation with channel “%s”."
              .formatted(dealId, deal.state().text(), deal.channel()));
    }
    deals.sign(dealId, agreed, now());
    briefing.refresh(dealId);
    return require(dealId);
  }

  /**
   * What a withdrawal leaves to do.
   *
   * @param withdrawn deals of the scope that now stand withdrawn
   * @param toNotify those of them whose partner may have got an offer
   */
  public record Withdrawal(int withdrawn, List<Deal> toNotify) {
    public Withdrawal {
      toNotify = List.copyOf(toNotify);
    }
  }

  /**
   * Takes back one deal or all of a campaign, open or signed; lost ones stay lost. A second call
   * finds the same deals.
   *
   * @param dealId null for every deal of the campaign; an id that does not exist (the negotiation
   *     never got to a draft) withdraws none
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public Withdrawal withdraw(String campaignKey, String dealId) {
    List<String> ids = dealId == null ? deals.idsToWithdraw(campaignKey) : List.of(dealId);
    for (String id : ids) {
      Optional<Deal> deal = deals.lock(id);
      if (deal.isPresent() && canBeWithdrawn(deal.get())) {
        deals.setState(id, DealState.WITHDRAWN, now());
        briefing.refresh(id);
      }
    }
    List<String> scope = dealId == null ? deals.idsWithdrawn(campaignKey) : List.of(dealId);
    List<Deal> withdrawn = new ArrayList<>();
    for (String id : scope) {
      deals.find(id).filter(d -> d.state() == DealState.WITHDRAWN).ifPresent(withdrawn::add);
    }
    List<Deal> toNotify =
        withdrawn.stream().filter(d -> messages.partnerMayHaveOffer(d.id())).toList();
    return new Withdrawal(withdrawn.size(), toNotify);
  }

  private static boolean canBeWithdrawn(Deal deal) {
    return deal.state() != DealState.WITHDRAWN && deal.state() != DealState.LOST;
  }

  /**
   * Counts the signed deals of a cycle and writes the briefing {@link #summaryId}.
   *
   * @throws io.channelwise.campaign.UnknownCampaignException when there is no such campaign
   */
  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public int summarise(String campaignKey, int cycle) {
    return briefing.summarise(campaigns.require(campaignKey), cycle, list(campaignKey, cycle));
  }

  /**
   * Takes a partner's answer by link, once.
   *
   * @throws ReplyRefusedException when the link is forged, expired, used or superseded, the deal
   *     closed, or the answer makes no sense; nothing was changed
   */
  public DealReply reply(String token, Reply reply) {
    return replies.reply(token, reply);
  }

  /**
   * What a link offers, for the page behind it.
   *
   * @throws ReplyRefusedException when the link could not be answered any more
   */
  public PartnerOffer open(String token) {
    return replies.open(token);
  }

  /**
   * Records an answer that came without a link, once a round.
   *
   * @throws UnknownDealException when there is no such deal
   * @throws ReplyRefusedException as {@link #reply}
   */
  public DealReply recordReply(String dealId, int round, Reply reply, ReplySource source) {
    return replies.record(dealId, round, reply, source);
  }

  /** As {@link #recordReply(String, int, Reply, ReplySource)}, for the offer on the table. */
  public DealReply recordReply(String dealId, Reply reply, ReplySource source) {
    return replies.record(dealId, require(dealId).round(), reply, source);
  }

  /**
   * Answers that the negotiation has not been told of, the oldest first, at most 100. The caller
   * correlates each with the engine and calls {@link #markCorrelated}; after a crash in between it
   * is listed again.
   */
  public List<DealReply> pendingCorrelations() {
    return replies.pending();
  }

  /** The negotiation has the answer. True when this call was the first to say so. */
  public boolean markCorrelated(String dealId, int round) {
    return replies.markCorrelated(dealId, round);
  }

  /** The negotiation will never take the answer (it ended, say); it is not listed again. */
  public void markRefused(String dealId, int round, String reason) {
    replies.markRefused(dealId, round, reason);
  }

  /** Id of a deal's briefing. */
  public static String briefingId(String dealId) {
    return DealBriefing.id(dealId);
  }

  /** Id of the briefing of all deals of a cycle. */
  public static String summaryId(String campaignKey, int cycle) {
    return campaignKey + "/" + cycle + "/deals";
  }

  private Deal lock(String dealId) {
    return deals.lock(dealId).orElseThrow(() -> new UnknownDealException(dealId));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
