package io.channelwise.deal;

/** The deal is signed or withdrawn. */
public final class DealClosedException extends ReplyRefusedException {
  DealClosedException(DealState state) {
    super(
        "This negotiation is closed: the deal is %s. No answer is needed.".formatted(state.text()),
        "谈判已结束（%s），无需再答复。".formatted(state.zh()));
  }
}
