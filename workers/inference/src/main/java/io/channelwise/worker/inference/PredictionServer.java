package io.channelwise.worker.inference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.channelwise.bert.Prediction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /predictions} with a bearer token: {@code {"model","texts":[…]}}, or for a model of
 * pairs {@code {"model","pairs":[["…","…"],…]}}, to {@code
 * {"model","version","predictions":[{"label","score","scores"}]}}; for a model of purchases {@code
 * {"model","rows":[{"column":value,…}]}} to {@code {"model","version","predictions":
 * [{"probability"}]}}; errors are problem documents (RFC 9457). {@code POST
 * /api/models/{name}/predictions} is the same with the model in the path, as the server forwards
 * it. {@code GET /health} needs no token. Thread-safe.
 */
public final class PredictionServer implements AutoCloseable {
  static final int TEXTS_MAX = 256;
  static final int PAIRS_MAX = TEXTS_MAX / 2;
  static final int TEXT_CHARS_MAX = 10_000;

  /** Every text at its limit, four bytes a character, and some room for JSON. */
  static final int BODY_BYTES_MAX = 11 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(PredictionServer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int THREADS = 16;
  private static final Pattern MODEL_PATH = Pattern.compile("/api/models/([^/]+)/predictions");

  private final HttpServer http;
  private final ExecutorService threads;
  private final byte[] authorization;
  private final Predictor predictor;
  private final PurchasePredictor purchases;

  private PredictionServer(
      HttpServer http,
      ExecutorService threads,
      String token,
      Predictor predictor,
      PurchasePredictor purchases) {
    this.http = http;
    this.threads = threads;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.predictor = predictor;
    this.purchases = purchases;
  }

  static PredictionServer start(
      String host, int port, String token, Predictor predictor, PurchasePredictor purchases) {
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 64);
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(256));
      threads.allowCoreThreadTimeOut(true);
      PredictionServer server = new PredictionServer(http, threads, token, predictor, purchases);
      http.setExecutor(threads);
      http.createContext("/", server::handle);
      http.start();
      LOG.info("prediction API listens address={}", http.getAddress());
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The prediction API cannot listen on %s:%d; set channelwise.inference-port to a free port."
              .formatted(host, port),
          e);
    }
  }

  /** The port listened on. */
  public int port() {
    return http.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        Object answer = route(exchange);
        send(exchange, 200, "application/json", answer);
      } catch (Refusal e) {
        problem(exchange, e.status, e.title, e.getMessage());
      } catch (WrongInputException e) {
        problem(exchange, 400, "Wrong request", e.getMessage());
      } catch (RuntimeException e) {
        LOG.error("prediction failed", e);
        problem(exchange, 503, "Prediction failed", String.valueOf(e.getMessage()));
      }
    }
  }

  private Object route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    if (path.equals("/health") && method.equals("GET")) {
      return Map.of("status", "UP");
    }
    Matcher named = MODEL_PATH.matcher(path);
    if (!named.matches() && !path.equals("/predictions")) {
      throw new Refusal(404, "Not found", "There is no %s; use POST /predictions.".formatted(path));
    }
    if (!method.equals("POST")) {
      exchange.getResponseHeaders().set("Allow", "POST");
      throw new Refusal(405, "Method not allowed", "Use POST /predictions.");
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null
        || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new Refusal(
          401, "Not authorised", "Send the inference token: Authorization: Bearer <token>.");
    }
    JsonNode body = body(exchange);
    return predict(named.matches() ? named.group(1) : body.path("model").textValue(), body);
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw new Refusal(
          413,
          "Too large",
          "The body is larger than %d bytes; send fewer or shorter texts."
              .formatted(BODY_BYTES_MAX));
    }
    try {
      JsonNode json = JSON.readTree(body);
      if (json == null || !json.isObject()) {
        throw wrong("The body is no JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw wrong("The body is no JSON: " + e.getOriginalMessage());
    }
  }

  private Object predict(String model, JsonNode request) {
    if (model == null || model.isBlank()) {
      throw wrong("\"model\" is missing");
    }
    if (request.has("rows")) {
      if (request.has("texts") || request.has("pairs")) {
        throw wrong("\"rows\" and texts are there; send one of them");
      }
      PurchasePredictor.Probabilities answer =
          purchases.predict(model, RowsReader.rows(request.get("rows"))).orElseThrow(none(model));
      return result(
          model,
          answer.version(),
          DoubleStream.of(answer.values()).mapToObj(p -> Map.of("probability", p)).toList());
    }
    Predictions answer = predictor.predictInputs(model, inputs(request)).orElseThrow(none(model));
    return result(
        model,
        answer.version(),
        answer.predictions().stream().map(PredictionServer::shown).toList());
  }

  private static Supplier<Refusal> none(String model) {
    return () ->
        new Refusal(
            404,
            "No released version",
            "Model '%s' has no released version; train and release one.".formatted(model));
  }

  private static Map<String, Object> result(String model, int version, List<?> predictions) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", model);
    result.put("version", version);
    result.put("predictions", predictions);
    return result;
  }

  private static List<List<String>> inputs(JsonNode request) {
    boolean pairs = request.has("pairs");
    if (pairs && request.has("texts")) {
      throw wrong("Both \"texts\" and \"pairs\" are there; send one of them");
    }
    String name = pairs ? "pairs" : "texts";
    JsonNode node = request.path(name);
    int max = pairs ? PAIRS_MAX : TEXTS_MAX;
    if (!node.isArray() || node.isEmpty() || node.size() > max) {
      throw wrong(
          "\"%s\" has %s; 1 to %d %s are allowed"
              .formatted(name, node.isArray() ? node.size() + " entries" : "no list", max, name));
    }
    List<List<String>> inputs = new ArrayList<>();
    for (JsonNode entry : node) {
      int number = inputs.size() + 1;
      inputs.add(pairs ? pair(number, entry) : List.of(text("Text " + number, entry)));
    }
    return inputs;
  }

  private static List<String> pair(int number, JsonNode entry) {
    if (!entry.isArray() || entry.size() != 2) {
      throw wrong(
          "Pair %d has %s; two texts are expected"
              .formatted(number, entry.isArray() ? entry.size() + " entries" : "no list"));
    }
    return List.of(
        text("Text 1 of pair " + number, entry.get(0)),
        text("Text 2 of pair " + number, entry.get(1)));
  }

  private static String text(String name, JsonNode entry) {
    String text = entry.textValue();
    if (text == null || text.isBlank() || text.length() > TEXT_CHARS_MAX) {
      throw wrong(
          "%s is %s; 1 to %d characters are allowed"
              .formatted(
                  name,
                  text == null
                      ? "no string"
                      : text.isBlank() ? "empty" : text.length() + " characters long",
                  TEXT_CHARS_MAX));
    }
    return text;
  }

  private static Map<String, Object> shown(Prediction prediction) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("label", prediction.label());
    shown.put("score", prediction.score());
    shown.put("scores", prediction.scores());
    return shown;
  }

  private static Refusal wrong(String what) {
    return new Refusal(
        400,
        "Wrong request",
        what
            + ". Expected {\"model\":\"ticket-intent\",\"texts\":[\"…\"]}, or \"pairs\":[[\"…\",\"…\"]]"
            + " for a model of pairs, or \"rows\":[{\"column\":value}] for a model of purchases.");
  }

  private static void problem(HttpExchange exchange, int status, String title, String detail)
      throws IOException {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    send(exchange, status, "application/problem+json", problem);
  }

  private static void send(HttpExchange exchange, int status, String type, Object json)
      throws IOException {
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    http.stop(1);
    threads.shutdownNow();
  }

  /** An answer other than 200. */
  private static final class Refusal extends RuntimeException {
    private final int status;
    private final String title;

    Refusal(int status, String title, String detail) {
      super(detail);
      this.status = status;
      this.title = title;
    }
  }
}
