package io.channelwise.worker.promotion;

import io.channelwise.campaign.Campaign;
import io.channelwise.promotion.PromotionMessage;
import io.channelwise.promotion.Release;
import io.channelwise.worker.delivery.OutboundMessage;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what channels are told, in the campaign's language. */
final class PromotionTexts {

  private PromotionTexts() {}

  static OutboundMessage promotion(Campaign campaign, int cycle, PromotionMessage message) {
    boolean chinese = campaign.locale().equals("zh");
    String money =
        (chinese
                ? "本次推广预算上限 %s %s，其中 %s %s 现已释放。"
                : "Budget of this promotion: up to %s %s, of which %s %s are released now.")
            .formatted(
                message.approved().toPlainString(),
                campaign.currency(),
                message.released().toPlainString(),
                campaign.currency());
    String body =
        "%s\n\n--\n%s · %s\n%s\n"
            .formatted(message.body(), campaign.company(), campaign.product(), money);
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("campaign", campaign.key());
    payload.put("cycle", cycle);
    payload.put("channel", message.channel());
    payload.put("material", message.material());
    payload.put("materialKind", message.kind());
    payload.put("title", message.title());
    payload.put("body", message.body());
    payload.put("currency", campaign.currency());
    payload.put("approved", message.approved());
    payload.put("released", message.released());
    return new OutboundMessage(
        message.id(),
        campaign.key(),
        message.channel(),
        "promotion",
        message.contact(),
        oneLine(message.title()),
        body,
        payload);
  }

  /** Tells a channel that more of its budget may be used. */
  static OutboundMessage release(
      Campaign campaign, int cycle, String id, String contact, Release release) {
    boolean chinese = campaign.locale().equals("zh");
    String money = release.amount().toPlainString() + " " + campaign.currency();
    String subject =
        (chinese ? "%s：追加推广预算 %s" : "%s: %s more for the promotion")
            .formatted(campaign.product(), money);
    String body =
        (chinese
                ? "根据目前的推广效果，为渠道“%s”追加释放预算 %s。\n\n--\n%s\n"
                : "From the results so far, another %2$s of the budget is released to %1$s.\n\n--\n%3$s\n")
            .formatted(release.channel(), money, campaign.company());
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("campaign", campaign.key());
    payload.put("cycle", cycle);
    payload.put("channel", release.channel());
    payload.put("step", release.step());
    payload.put("currency", campaign.currency());
    payload.put("released", release.amount());
    return new OutboundMessage(
        id,
        campaign.key(),
        release.channel(),
        "promotion-budget",
        contact,
        oneLine(subject),
        body,
        payload);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
