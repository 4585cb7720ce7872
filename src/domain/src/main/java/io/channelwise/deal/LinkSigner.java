package io.channelwise.deal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the tokens of partners' answer links: {@code base64url(payload).base64url(mac)}
 * with payload {@code dealId \n round \n expiry in epoch seconds} and mac = HMAC-SHA256 of the
 * payload (RFC 2104). Thread-safe.
 *
 * <p>The token is a bearer key to one answer in one round; what it permits ends with the expiry,
 * the first answer, a newer offer, or the deal.
 */
public final class LinkSigner {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int SECRET_BYTES_MIN = 16;
  private static final int TOKEN_CHARS_MAX = 512;
  // Keeps a signature made with the same secret for another purpose from being a link.
  private static final String PURPOSE = "channelwise/deal-reply/1\n";

  private final SecretKeySpec key;
  private final Clock clock;

  /**
   * @param secret {@code channelwise.link-secret}, at least 16 bytes
   */
  public LinkSigner(String secret, Clock clock) {
    byte[] bytes = secret == null ? new byte[0] : secret.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException(
          "channelwise.link-secret has %d bytes; expected at least %d."
              .formatted(bytes.length, SECRET_BYTES_MIN));
    }
    this.key = new SecretKeySpec(bytes, ALGORITHM);
    this.clock = clock;
  }

  /** What a token says. */
  public record Claims(String dealId, int round, Instant expiresAt) {}

  /** A token; the same arguments give the same token. */
  public String sign(String dealId, int round, Instant expiresAt) {
    String payload = dealId + "\n" + round + "\n" + expiresAt.getEpochSecond();
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString(payload.getBytes(StandardCharsets.UTF_8))
        + "."
        + encoder.encodeToString(mac(payload));
  }

  /**
   * Checks a token.
   *
   * @throws LinkForgedException when it is malformed or was not made with our secret
   * @throws LinkExpiredException when its time is over
   */
  public Claims verify(String token) {
    Claims claims = parse(token);
    // Signed anew and compared as a whole: no second spelling of a token passes either.
    byte[] expected =
        sign(claims.dealId(), claims.round(), claims.expiresAt())
            .getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, token.getBytes(StandardCharsets.UTF_8))) {
      throw new LinkForgedException();
    }
    if (!clock.instant().isBefore(claims.expiresAt())) {
      throw new LinkExpiredException(claims.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
    }
    return claims;
  }

  private static Claims parse(String token) {
    int dot = token == null || token.length() > TOKEN_CHARS_MAX ? -1 : token.indexOf('.');
    if (dot < 0) {
      throw new LinkForgedException();
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.substring(0, dot));
      String[] parts = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
      if (parts.length == 3) {
        Instant expiresAt = Instant.ofEpochSecond(Long.parseLong(parts[2]));
        return new Claims(parts[0], Integer.parseInt(parts[1]), expiresAt);
      }
    } catch (IllegalArgumentException | DateTimeException e) {
      // Not base64 or not numbers: the same answer as for a wrong signature, below.
    }
    throw new LinkForgedException();
  }

  private byte[] mac(String payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal((PURPOSE + payload).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + ALGORITHM + ".", e);
    }
  }
}
