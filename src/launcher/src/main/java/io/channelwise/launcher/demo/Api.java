package io.channelwise.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** REST calls of one user, by HTTP Basic; {@link #anonymous} sends none. Thread-safe. */
public final class Api {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final URI base;
  private final String authorization;

  private Api(HttpClient client, URI base, String authorization) {
    this.client = client;
    this.base = base;
    this.authorization = authorization;
  }

  /**
   * @param base e.g. {@code http://127.0.0.1:8080}
   */
  public static Api as(URI base, String user, String password) {
    String credentials = user + ":" + password;
    return new Api(
        newClient(),
        base,
        "Basic "
            + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  public static Api anonymous(URI base) {
    return new Api(newClient(), base, null);
  }

  private static HttpClient newClient() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  public JsonNode get(String path) {
    return send(request(path).GET());
  }

  public JsonNode post(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(write(body))));
  }

  public JsonNode put(String path, Object body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(write(body))));
  }

  public JsonNode post(String path, String contentType, String body) {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  /**
   * The body as it comes, asked for as the given media type.
   *
   * @param language {@code en} or {@code zh}
   */
  public String getText(String path, String accept, String language) {
    return call(request(path).header("Accept", accept).header("Accept-Language", language).GET())
        .body();
  }

  /**
   * A multipart form: a JSON part and files.
   *
   * @param jsonName name of the JSON part, e.g. {@code campaign}
   */
  public JsonNode postForm(String path, String jsonName, String json, List<Path> files)
      throws IOException {
    String boundary = "cw" + UUID.randomUUID().toString().replace("-", "");
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(
        body,
        boundary,
        "name=\"" + jsonName + "\"",
        "application/json",
        json.getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      part(
          body,
          boundary,
          "name=\"files\"; filename=\"" + file.getFileName() + "\"",
          "text/csv",
          Files.readAllBytes(file));
    }
    body.write(("--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return send(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(BodyPublishers.ofByteArray(body.toByteArray())));
  }

  private static void part(
      ByteArrayOutputStream body, String boundary, String disposition, String type, byte[] content)
      throws IOException {
    body.write(
        "--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n"
            .formatted(boundary, disposition, type)
            .getBytes(StandardCharsets.UTF_8));
    body.write(content);
    body.write("\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    return builder;
  }

  private JsonNode send(HttpRequest.Builder builder) {
    String body = call(builder.header("Accept", "application/json")).body();
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (IOException e) {
      throw new ApiException(200, "The answer is not JSON: " + abbreviated(body), null, e);
    }
  }

  private HttpResponse<String> call(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<String> response =
          client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() >= 300) {
        throw new ApiException(
            response.statusCode(),
            "%s %s answered %d: %s"
                .formatted(
                    request.method(),
                    request.uri(),
                    response.statusCode(),
                    abbreviated(response.body())),
            problem(response.body()),
            null);
      }
      return response;
    } catch (IOException e) {
      throw new ApiException(
          0, "%s %s got no answer: %s".formatted(request.method(), request.uri(), e), null, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApiException(0, "Interrupted while waiting for " + request.uri(), null, e);
    }
  }

  /** The body as a problem document; null when it is none. */
  private static JsonNode problem(String body) {
    try {
      JsonNode problem = JSON.readTree(body);
      return problem.hasNonNull("detail") ? problem : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static String write(Object body) {
    try {
      return JSON.writeValueAsString(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("Not writable as JSON: " + body, e);
    }
  }

  private static String abbreviated(String text) {
    return text.length() <= 2_000 ? text : text.substring(0, 2_000) + " …";
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Variables in the engine's REST notation. */
  public static Map<String, Object> variable(Object value) {
    if (value instanceof JsonNode node) {
      return Map.of("type", "Json", "value", node.toString());
    }
    String type =
        value instanceof Boolean
            ? "Boolean"
            : value instanceof Integer ? "Integer" : value instanceof Double ? "Double" : "String";
    return Map.of("type", type, "value", value);
  }

  /** A call that failed; status 0 when there was no answer. */
  public static final class ApiException extends RuntimeException {
    private final int status;
    private final transient JsonNode problem;

    /**
     * @param problem the server's problem document; null when it sent none
     */
    ApiException(int status, String message, JsonNode problem, Throwable cause) {
      super(message, cause);
      this.status = status;
      this.problem = problem;
    }

    /** What the server says is wrong (RFC 9457); empty when it said nothing of the kind. */
    public Optional<JsonNode> problem() {
      return Optional.ofNullable(problem);
    }

    public int status() {
      return status;
    }

    /** Whether the server was away or broken, so that trying later may help. */
    public boolean isOutage() {
      return status == 0 || status >= 500;
    }
  }
}
