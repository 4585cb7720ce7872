package io.channelwise.worker.deal;

import io.channelwise.campaign.Campaign;
import io.channelwise.campaign.CampaignService;
import io.channelwise.channel.Channel;
import io.channelwise.channel.ChannelService;
import io.channelwise.deal.Claim;
import io.channelwise.deal.Deal;
import io.channelwise.deal.DealMessages;
import io.channelwise.deal.DealService;
import io.channelwise.deal.LinkSigner;
import io.channelwise.deal.MessageKind;
import io.channelwise.worker.delivery.Delivery;
import io.channelwise.worker.delivery.DeliveryRejectedException;
import io.channelwise.worker.delivery.DeliverySettings;
import io.channelwise.worker.delivery.OutboundMessage;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TransientFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Sends each message of a negotiation once: claim, send, confirm. Thread-safe.
 *
 * <p>One window remains: a crash after the receiver took the message and before the confirmation.
 * The next attempt then sends the same bytes under the same message id, by which webhook, outbox
 * and mail systems know them again (see {@link Delivery}).
 */
@Component
class PartnerMessenger {
  /** What {@code sentVia} says when nothing had to be sent. */
  static final String NOT_NEEDED = "none";

  private final CampaignService campaigns;
  private final ChannelService channels;
  private final DealService deals;
  private final DealMessages messages;
  private final LinkSigner signer;
  private final Delivery delivery;
  private final DeliverySettings settings;
  private final Clock clock;

  PartnerMessenger(
      CampaignService campaigns,
      ChannelService channels,
      DealService deals,
      DealMessages messages,
      LinkSigner signer,
      Delivery delivery,
      DeliverySettings settings,
      Clock clock) {
    this.campaigns = campaigns;
    this.channels = channels;
    this.deals = deals;
    this.messages = messages;
    this.signer = signer;
    this.delivery = delivery;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Sends the message unless it was sent before.
   *
   * @return {@code smtp}, {@code webhook}, {@code outbox} or {@value #NOT_NEEDED}
   */
  String send(String dealId, int round, MessageKind kind) {
    Claim claim = messages.claim(dealId, round, kind);
    if (claim instanceof Claim.AlreadySent sent) {
      return sent.via();
    }
    if (claim instanceof Claim.NotNeeded) {
      return NOT_NEEDED;
    }
    if (claim instanceof Claim.Busy busy) {
      throw new TransientFailure(
          "The %s of deal %s, round %d, is being sent by another worker; looked at again later."
              .formatted(kind.text(), dealId, round),
          null,
          waitFor(busy.until()));
    }
    return sendClaimed(dealId, round, kind, ((Claim.Granted) claim).messageId());
  }

  /** To the claim's end: a dead sender keeps it so long, and each look costs a retry. */
  private Duration waitFor(Instant until) {
    Duration left = Duration.between(clock.instant(), until);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private String sendClaimed(String dealId, int round, MessageKind kind, String messageId) {
    String via;
    try {
      via = delivery.send(message(dealId, round, kind, messageId)).via();
    } catch (DeliveryRejectedException e) {
      messages.forget(messageId);
      throw new PermanentFailure(e.getMessage(), e);
    } catch (RuntimeException e) {
      messages.release(messageId);
      throw e;
    }
    messages.confirm(dealId, round, kind, via);
    return via;
  }

  private OutboundMessage message(String dealId, int round, MessageKind kind, String messageId) {
    Deal deal = deals.require(dealId);
    Campaign campaign = campaigns.require(deal.campaignKey());
    String contact =
        channels.channel(deal.campaignKey(), deal.channel()).map(Channel::contact).orElse(null);
    Map<String, Object> payload = payload(campaign, deal, kind);
    PartnerText.Written written;
    if (kind == MessageKind.WITHDRAWAL) {
      written = PartnerText.withdrawal(campaign, deal);
    } else {
      // From the offer's time, not the clock: a second attempt writes the same links.
      Instant expiresAt =
          deals
              .offeredAt(dealId, round)
              .plus(settings.linkValidity())
              .truncatedTo(ChronoUnit.SECONDS);
      String token = signer.sign(dealId, round, expiresAt);
      String link = baseUrl() + "/reply/" + token;
      payload.put("replyUrl", link);
      payload.put("replyApi", baseUrl() + "/api/deals/" + token + "/reply");
      payload.put("expiresAt", expiresAt.toString());
      written =
          kind == MessageKind.OFFER
              ? PartnerText.offer(
                  campaign, deal, deals.movement(dealId, round).orElse(null), link, expiresAt)
              : PartnerText.reminder(campaign, deal, link, expiresAt);
    }
    return new OutboundMessage(
        messageId,
        deal.campaignKey(),
        deal.channel(),
        kind.text(),
        contact,
        written.subject(),
        written.body(),
        payload);
  }

  private String baseUrl() {
    String url = settings.baseUrl().toString();
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  private static Map<String, Object> payload(Campaign campaign, Deal deal, MessageKind kind) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("dealId", deal.id());
    payload.put("company", campaign.company());
    payload.put("product", campaign.product());
    payload.put("round", deal.round());
    if (kind != MessageKind.WITHDRAWAL) {
      payload.put("revenueShare", deal.offer().revenueShare());
      payload.put("fixedFee", deal.offer().fixedFee());
      payload.put("currency", campaign.currency());
      payload.put("exclusive", deal.exclusive());
      payload.put("termMonths", deal.termMonths());
    }
    return payload;
  }
}
