package io.channelwise.deal;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.domain.DomainConfiguration;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes partners' answers, each round's once, and keeps those the engine must hear of. */
@Service
class DealReplies {
  private final CampaignService campaigns;
  private final DealRepository deals;
  private final ReplyRepository replies;
  private final DealBriefing briefing;
  private final ObjectProvider<LinkSigner> signer;
  private final Clock clock;

  /**
   * @param signer absent where no links are made or taken, in a training worker say
   */
  DealReplies(
      CampaignService campaigns,
      DealRepository deals,
      ReplyRepository replies,
      DealBriefing briefing,
      ObjectProvider<LinkSigner> signer,
      Clock clock) {
    this.campaigns = campaigns;
    this.deals = deals;
    this.replies = replies;
    this.briefing = briefing;
    this.signer = signer;
    this.clock = clock;
  }

  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public DealReply reply(String token, Reply reply) {
    LinkSigner.Claims claims = verify(token);
    return record(claims.dealId(), claims.round(), reply, ReplySource.LINK);
  }

  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public DealReply record(String dealId, int round, Reply reply, ReplySource source) {
    // The lock makes two answers to one offer come one after the other.
    Deal deal = deals.lock(dealId).orElseThrow(() -> new UnknownDealException(dealId));
    requireOpen(deal, round);
    Terms terms = reply.terms(deal.offer());
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    if (!replies.insertIfNew(dealId, round, reply.outcome(), terms, source, now)) {
      throw new LinkUsedException(round);
    }
    deals.setState(dealId, stateAfter(reply.outcome()), now);
    briefing.refresh(dealId);
    return replies.find(dealId, round).orElseThrow();
  }

  private static DealState stateAfter(ReplyOutcome outcome) {
    return switch (outcome) {
      case ACCEPT -> DealState.AGREED;
      case COUNTER -> DealState.COUNTERED;
      case REJECT -> DealState.LOST;
    };
  }

  @Transactional(DomainConfiguration.DOMAIN_TRANSACTIONS)
  public PartnerOffer open(String token) {
    LinkSigner.Claims claims = verify(token);
    Deal deal =
        deals.find(claims.dealId()).orElseThrow(() -> new UnknownDealException(claims.dealId()));
    requireOpen(deal, claims.round());
    Campaign campaign = campaigns.require(deal.campaignKey());
    return new PartnerOffer(
        campaign.company(),
        campaign.product(),
        deal.channel(),
        campaign.locale(),
        campaign.currency(),
        deal.round(),
        deal.roundsMax(),
        deals.movement(deal.id(), deal.round()).orElse(null),
        deal.offer(),
        deal.exclusive(),
        deal.termMonths(),
        claims.expiresAt());
  }

  /** An answered round says so even when the deal has moved on: that is what the partner did. */
  private void requireOpen(Deal deal, int round) {
    if (replies.find(deal.id(), round).isPresent()) {
      throw new LinkUsedException(round);
    }
    if (deal.state().isClosed()) {
      throw new DealClosedException(deal.state());
    }
    if (deal.round() != round) {
      throw new OfferSupersededException(round, deal.round());
    }
  }

  private LinkSigner.Claims verify(String token) {
    LinkSigner links = signer.getIfAvailable();
    if (links == null) {
      throw new IllegalStateException(
          "Answer links cannot be checked: channelwise.link-secret is not set.");
    }
    return links.verify(token);
  }

  List<DealReply> pending() {
    return replies.pending();
  }

  boolean markCorrelated(String dealId, int round) {
    return replies.markCorrelated(dealId, round, clock.instant().truncatedTo(ChronoUnit.MICROS));
  }

  void markRefused(String dealId, int round, String reason) {
    replies.markRefused(dealId, round, reason);
  }
}
