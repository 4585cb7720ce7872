package io.channelwise.worker.deal;

import io.channelwise.campaign.Campaign;
import io.channelwise.deal.Deal;
import io.channelwise.deal.Movement;
import io.channelwise.deal.Terms;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a partner reads, in the campaign's language. No state. */
final class PartnerText {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  private static final String TERMS_EN =
      """
      Product: %s
      Channel: %s
      Your share of the revenue: %.2f %%
      One-time fee: %,.2f %s
      Term: %d months
      """;

  private static final String TERMS_ZH =
      """
      产品：%s
      渠道：%s
      贵方收入分成：%.2f%%
      一次性费用：%,.2f %s
      合作期限：%d 个月
      """;

  private static final String MOVEMENT_EN =
      "You asked for %.2f %% and %,.2f %s; our last offer was %.2f %% and %,.2f %3$s. These terms go"
          + " from there towards yours, in each in proportion to what you asked. ";

  private static final String MOVEMENT_ZH =
      "贵方要求分成 %.2f%%、费用 %,.2f %s；我方上次报价为分成 %.2f%%、费用 %,.2f %3$s。本次条款由此按贵方要求的比例向贵方靠近。";

  private static final String ROUNDS_EN = "This is round %d of at most %d.";
  private static final String ROUNDS_ZH = "本次为第 %d 轮，最多 %d 轮。";

  private static final String LINKS_EN =
      """
      Accept:        %1$s?answer=accept
      Counter-offer: %1$s?answer=counter
      Decline:       %1$s?answer=reject

      The links are for you alone and work once, until %2$s.
      """;

  private static final String LINKS_ZH =
      """
      接受：%1$s?answer=accept
      还价：%1$s?answer=counter
      谢绝：%1$s?answer=reject

      链接仅供贵方使用，只能答复一次，有效期至 %2$s。
      """;

  /** Subject and body of a message. */
  record Written(String subject, String body) {}

  private PartnerText() {}

  /**
   * @param movement what the offer answers; null when it answers no counter-offer
   */
  static Written offer(
      Campaign campaign, Deal deal, Movement movement, String link, Instant expiresAt) {
    if (isChinese(campaign)) {
      return new Written(
          "%s的合作报价：%s（第 %d 轮）".formatted(campaign.company(), campaign.product(), deal.round()),
          "您好：\n\n%s希望与贵方合作推广%s，提出以下条款：\n\n%s\n%s请点击以下链接之一答复：\n\n%s\n%s"
              .formatted(
                  campaign.company(),
                  campaign.product(),
                  terms(campaign, deal),
                  reason(campaign, deal, movement),
                  links(campaign, link, expiresAt),
                  campaign.company()));
    }
    return new Written(
        "Offer from %s: %s (round %d)"
            .formatted(campaign.company(), campaign.product(), deal.round()),
        "Hello,\n\n%s would like to bring %s to market together with you, on these terms:\n\n%s\n%sPlease answer by one of these links:\n\n%s\n%s"
            .formatted(
                campaign.company(),
                campaign.product(),
                terms(campaign, deal),
                reason(campaign, deal, movement),
                links(campaign, link, expiresAt),
                campaign.company()));
  }

  static Written reminder(Campaign campaign, Deal deal, String link, Instant expiresAt) {
    if (isChinese(campaign)) {
      return new Written(
          "提醒：%s的合作报价（第 %d 轮）".formatted(campaign.company(), deal.round()),
          "您好：\n\n我方第 %d 轮报价尚待贵方答复：\n\n%s\n请点击以下链接之一答复：\n\n%s\n%s"
              .formatted(
                  deal.round(),
                  terms(campaign, deal),
                  links(campaign, link, expiresAt),
                  campaign.company()));
    }
    return new Written(
        "Reminder: offer from %s (round %d)".formatted(campaign.company(), deal.round()),
        "Hello,\n\nour offer of round %d still waits for your answer:\n\n%s\nPlease answer by one of these links:\n\n%s\n%s"
            .formatted(
                deal.round(),
                terms(campaign, deal),
                links(campaign, link, expiresAt),
                campaign.company()));
  }

  static Written withdrawal(Campaign campaign, Deal deal) {
    if (isChinese(campaign)) {
      return new Written(
          "%s撤回合作报价：%s".formatted(campaign.company(), campaign.product()),
          "您好：\n\n很遗憾，%s撤回关于%s的报价与协议，此前发送的链接即时失效。感谢贵方付出的时间。\n\n%s"
              .formatted(campaign.company(), campaign.product(), campaign.company()));
    }
    return new Written(
        "%s withdraws its offer: %s".formatted(campaign.company(), campaign.product()),
        "Hello,\n\nwe are sorry: %s withdraws its offer and any agreement on %s with %s. Links sent before no longer work. Thank you for your time.\n\n%s"
            .formatted(campaign.company(), campaign.product(), deal.channel(), campaign.company()));
  }

  private static boolean isChinese(Campaign campaign) {
    return campaign.locale().equals("zh");
  }

  private static String terms(Campaign campaign, Deal deal) {
    Terms offer = deal.offer();
    return String.format(
        Locale.ROOT,
        isChinese(campaign) ? TERMS_ZH : TERMS_EN,
        campaign.product(),
        deal.channel(),
        100 * offer.revenueShare(),
        offer.fixedFee(),
        campaign.currency(),
        deal.termMonths());
  }

  /** Why these terms, and how many rounds there are; nothing of what we could grant. */
  private static String reason(Campaign campaign, Deal deal, Movement movement) {
    StringBuilder text = new StringBuilder();
    boolean zh = isChinese(campaign);
    if (movement != null) {
      text.append(
          String.format(
              Locale.ROOT,
              zh ? MOVEMENT_ZH : MOVEMENT_EN,
              100 * movement.asked().revenueShare(),
              movement.asked().fixedFee(),
              campaign.currency(),
              100 * movement.before().revenueShare(),
              movement.before().fixedFee()));
    }
    if (deal.round() <= deal.roundsMax()) {
      text.append((zh ? ROUNDS_ZH : ROUNDS_EN).formatted(deal.round(), deal.roundsMax()));
    }
    return text.isEmpty() ? "" : text.append("\n\n").toString();
  }

  private static String links(Campaign campaign, String link, Instant expiresAt) {
    return String.format(
        isChinese(campaign) ? LINKS_ZH : LINKS_EN, link, DAY.format(expiresAt) + " UTC");
  }
}
