package io.channelwise.promotion;

/** Every channel that could be funded has refused the promotion. */
public final class NoChannelLeftException extends RuntimeException {
  NoChannelLeftException(String message) {
    super(message);
  }
}
