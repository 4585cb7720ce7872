package io.channelwise.deal;

/** The link's time is over. */
public final class LinkExpiredException extends ReplyRefusedException {
  LinkExpiredException(String expiredAt) {
    super(
        "This link expired on %s. Ask us for a new offer.".formatted(expiredAt),
        "此链接已于 %s 过期。请联系我们获取新的报价。".formatted(expiredAt));
  }
}
