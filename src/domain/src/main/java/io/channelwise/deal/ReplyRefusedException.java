package io.channelwise.deal;

import io.channelwise.campaign.Text;

/** An answer that was not taken; nothing was changed. The message is fit for the partner's eyes. */
public abstract sealed class ReplyRefusedException extends RuntimeException
    permits LinkForgedException,
        LinkExpiredException,
        LinkUsedException,
        OfferSupersededException,
        DealClosedException,
        InvalidReplyException {
  private final transient Text text;

  ReplyRefusedException(String en, String zh) {
    super(en);
    this.text = new Text(en, zh);
  }

  /** The message in both languages. */
  public Text text() {
    return text;
  }
}
