package io.channelwise.deal;

/** The answer's outcome or terms make no sense. */
public final class InvalidReplyException extends ReplyRefusedException {
  InvalidReplyException(String en, String zh) {
    super(en, zh);
  }
}
