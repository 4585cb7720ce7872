package io.channelwise.deal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LinkSignerTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final String SECRET = "0123456789abcdef-secret";
  private final LinkSigner signer = at(NOW);

  private static LinkSigner at(Instant time) {
    return new LinkSigner(SECRET, Clock.fixed(time, ZoneOffset.UTC));
  }

  @Test
  void shouldReadBackWhatItSigned() {
    String token = signer.sign("deal-1", 2, NOW.plusSeconds(60));

    assertThat(signer.verify(token))
        .isEqualTo(new LinkSigner.Claims("deal-1", 2, NOW.plusSeconds(60)));
    assertThat(token).matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]{43}");
    assertThat(signer.sign("deal-1", 2, NOW.plusSeconds(60))).isEqualTo(token);
  }

  @Test
  void shouldRefuseEveryChangedCharacter() {
    String token = signer.sign("deal-1", 2, NOW.plusSeconds(60));

    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String changed = token.substring(0, i) + other + token.substring(i + 1);
      assertThatThrownBy(() -> signer.verify(changed)).isInstanceOf(LinkForgedException.class);
    }
  }

  @Test
  void shouldRefuseMalformedTokens() {
    String payload =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("d\n1\n99999999999999999999".getBytes(StandardCharsets.UTF_8));
    String token = signer.sign("deal-1", 2, NOW.plusSeconds(60));
    for (String wrong :
        new String[] {
          null,
          "",
          ".",
          "a.b",
          "no dot",
          payload + ".x",
          token + "=",
          token + "A",
          " " + token,
          "x".repeat(10_000) + ".y"
        }) {
      assertThatThrownBy(() -> signer.verify(wrong)).isInstanceOf(LinkForgedException.class);
    }
  }

  @Test
  void shouldRefuseAnotherSecret() {
    String token =
        new LinkSigner("another-secret-of-16", Clock.systemUTC())
            .sign("deal-1", 2, NOW.plusSeconds(60));

    assertThatThrownBy(() -> signer.verify(token)).isInstanceOf(LinkForgedException.class);
  }

  @Test
  void shouldExpire() {
    String token = signer.sign("deal-1", 2, NOW.plusSeconds(60));

    assertThat(at(NOW.plusSeconds(59)).verify(token).round()).isEqualTo(2);
    assertThatThrownBy(() -> at(NOW.plusSeconds(60)).verify(token))
        .isInstanceOf(LinkExpiredException.class)
        .hasMessage("This link expired on 2026-03-01T10:01:00Z. Ask us for a new offer.");
  }

  @Test
  void shouldRefuseAShortSecret() {
    assertThatThrownBy(() -> new LinkSigner("short", Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("channelwise.link-secret has 5 bytes; expected at least 16.");
  }
}
