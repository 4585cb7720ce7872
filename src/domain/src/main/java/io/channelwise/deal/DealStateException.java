package io.channelwise.deal;

/** A step that does not fit where the deal stands; nothing was changed. */
public final class DealStateException extends RuntimeException {
  DealStateException(String message) {
    super(message);
  }
}
