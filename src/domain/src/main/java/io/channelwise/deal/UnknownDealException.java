package io.channelwise.deal;

/** There is no deal of this id. */
public final class UnknownDealException extends RuntimeException {
  UnknownDealException(String dealId) {
    super(
        "Deal %s does not exist. Its id is that of the negotiation's process instance."
            .formatted(dealId));
  }
}
