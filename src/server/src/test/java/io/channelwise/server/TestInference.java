package io.channelwise.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Stands in for the inference worker's process: a real HTTP server that knows one token. */
public final class TestInference {
  public static final String TOKEN = "test-inference-token-0123";

  private TestInference() {}

  static URI start() {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
      http.createContext("/predictions", TestInference::answer);
      http.start();
      return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    } catch (IOException e) {
      throw new IllegalStateException("No port for the inference stand-in", e);
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean known =
          ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
      if (body.contains("hang up")) {
        return;
      }
      int status = !known ? 401 : body.contains("break") ? 500 : 200;
      byte[] answer =
          "{\"model\":\"ticket-intent\",\"version\":1,\"predictions\":[{\"label\":\"billing\",\"score\":0.9}]}"
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
