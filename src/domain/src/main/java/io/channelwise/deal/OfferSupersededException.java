package io.channelwise.deal;

/** A newer offer is on the table. */
public final class OfferSupersededException extends ReplyRefusedException {
  OfferSupersededException(int round, int current) {
    super(
        "The offer of round %d is not on the table; that of round %d is. Use the newest link."
            .formatted(round, current),
        "当前有效的不是第 %d 轮报价，而是第 %d 轮报价。请使用最新的链接。".formatted(round, current));
  }
}
