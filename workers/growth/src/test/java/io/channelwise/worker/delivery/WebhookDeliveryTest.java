package io.channelwise.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.channelwise.worker.runtime.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookDeliveryTest {
  private static final String SECRET = "a-shared-webhook-secret";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private final List<Map<String, String>> requests = new ArrayList<>();
  private final Map<String, String> answerHeaders = new HashMap<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile int status = 200;
  private volatile boolean hanging;
  private HttpServer server;
  private ExecutorService threads;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    threads = Executors.newFixedThreadPool(2);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          Map<String, String> request = new HashMap<>();
          exchange.getRequestHeaders().forEach((k, v) -> request.put(k.toLowerCase(), v.get(0)));
          request.put(
              "body", new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          request.put("path", exchange.getRequestURI().getPath());
          synchronized (requests) {
            requests.add(request);
          }
          if (hanging) {
            await();
          }
          answerHeaders.forEach((k, v) -> exchange.getResponseHeaders().set(k, v));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  private void await() {
    try {
      released.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stop() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private OutboundMessage message() {
    return message("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  private static OutboundMessage message(String to) {
    return new OutboundMessage(
        "deal-1-1-offer", "acme", "shop", "offer", to, "s", "正文", Map.of("b", 2, "a", 1));
  }

  private static WebhookDelivery webhook(Duration timeout) {
    return new WebhookDelivery(
        new DeliverySettings.Webhook(SECRET, timeout), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private Receipt send() {
    return webhook(null).send(message());
  }

  @Test
  void shouldSignTimestampAndBody() throws Exception {
    Receipt receipt = send();

    Map<String, String> request = requests.get(0);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    String signed = NOW.getEpochSecond() + "." + request.get("body");
    assertThat(request.get("channelwise-signature"))
        .isEqualTo(
            "v1=" + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    assertThat(request)
        .containsEntry("channelwise-timestamp", "1772359200")
        .containsEntry("idempotency-key", "deal-1-1-offer")
        .containsEntry("content-type", "application/json");
    assertThat(request.get("body")).contains("\"正文\"");
    assertThat(receipt).isEqualTo(new Receipt("deal-1-1-offer", "webhook", false, NOW));
  }

  @Test
  void shouldSendTheSameBytes_whenSentAgain() {
    send();
    send();

    assertThat(requests.get(0).get("body")).isEqualTo(requests.get(1).get("body"));
    assertThat(requests.get(0).get("idempotency-key"))
        .isEqualTo(requests.get(1).get("idempotency-key"));
  }

  @Test
  void shouldTakeConflictAsReceivedBefore() {
    status = 409;

    assertThat(send().duplicate()).isTrue();
  }

  @Test
  void shouldGiveUp_whenRefusedOrRedirected() {
    for (int refused : new int[] {400, 401, 404, 410, 422, 301, 302, 307}) {
      status = refused;
      answerHeaders.put("Location", "/elsewhere");
      assertThatThrownBy(this::send)
          .isInstanceOf(DeliveryRejectedException.class)
          .hasMessageContaining("HTTP " + refused);
    }
    assertThat(requests).allMatch(r -> r.get("path").equals("/hook"));
  }

  @Test
  void shouldTryAgain_afterTheTimeAskedFor() {
    status = 429;
    answerHeaders.put("Retry-After", "7");
    assertThat(failure().retryAfter()).contains(Duration.ofSeconds(7));

    status = 503;
    answerHeaders.put("Retry-After", "Sun, 01 Mar 2026 10:02:00 GMT");
    assertThat(failure().retryAfter()).contains(Duration.ofMinutes(2));
    answerHeaders.put("Retry-After", "999999");
    assertThat(failure().retryAfter()).contains(Duration.ofHours(1));
    answerHeaders.put("Retry-After", "soon");
    assertThat(failure().retryAfter()).isEmpty();
    answerHeaders.clear();
    assertThat(failure().retryAfter()).isEmpty();
  }

  private TransientFailure failure() {
    return catchThrowableOfType(TransientFailure.class, this::send);
  }

  @Test
  void shouldTryAgain_whenNobodyAnswers() {
    hanging = true;
    assertThatThrownBy(() -> webhook(Duration.ofMillis(300)).send(message()))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("could not be posted to 127.0.0.1");

    OutboundMessage refused = message();
    server.stop(0);
    assertThatThrownBy(() -> webhook(null).send(refused)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void shouldRefuseUnusableAddresses() {
    for (String to : List.of("http://", "https://user:secret@host/", "https://a b", "http:///x")) {
      assertThatThrownBy(() -> webhook(null).send(message(to)))
          .isInstanceOf(DeliveryRejectedException.class)
          .hasMessageContaining("has no usable address");
    }
  }
}
