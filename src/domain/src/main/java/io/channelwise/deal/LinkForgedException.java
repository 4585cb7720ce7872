package io.channelwise.deal;

/** The link is not one of ours, or was changed on the way. */
public final class LinkForgedException extends ReplyRefusedException {
  LinkForgedException() {
    super(
        "This link is not valid. Open the link in our message as a whole, or answer by mail.",
        "此链接无效。请完整打开我方消息中的链接，或通过邮件答复。");
  }
}
