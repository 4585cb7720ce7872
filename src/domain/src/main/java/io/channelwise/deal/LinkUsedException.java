package io.channelwise.deal;

/** The offer of this round has been answered already. */
public final class LinkUsedException extends ReplyRefusedException {
  LinkUsedException(int round) {
    super(
        "The offer of round %d has already been answered; the first answer stands."
            .formatted(round),
        "第 %d 轮报价已有答复，以首次答复为准。".formatted(round));
  }
}
