package io.channelwise.promotion;

/** A promotion that cannot go on before a person changes something; the message says what. */
public final class PromotionException extends RuntimeException {
  public PromotionException(String message) {
    super(message);
  }
}
