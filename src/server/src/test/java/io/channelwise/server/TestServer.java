package io.channelwise.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.spin.plugin.variable.SpinValues;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The real server on a free port and a fresh real database, one for all tests of the JVM. */
public final class TestServer {
  public static final String ADMIN_PASSWORD = "test-Admin-password-1";
  public static final String WORKER_TOKEN = "test-worker-token-0123456789";
  public static final String STAFF_PASSWORD = "test-Staff-password-1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static TestServer instance;

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI root;

  private TestServer(ConfigurableApplicationContext context) {
    this.context = context;
    root =
        URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  /** The shared server, with one user a group, named as the group without its dash. */
  public static synchronized TestServer get() {
    if (instance == null) {
      instance =
          start(
              Map.of(
                  "channelwise.inference-url",
                  TestInference.start().toString(),
                  "channelwise.inference-token",
                  TestInference.TOKEN));
      instance.createStaff();
    }
    return instance;
  }

  /** A server of its own; the caller closes it. */
  public static TestServer start(Map<String, String> further) {
    try (HikariDataSource database = TestDatabase.empty()) {
      Map<String, Object> settings = settings(database.getJdbcUrl());
      settings.putAll(further);
      SpringApplication application = ServerApplication.application(settings);
      // The JVM's end stops the database at the same moment: a clean shutdown would wait for it.
      application.setRegisterShutdownHook(false);
      return new TestServer(application.run());
    }
  }

  public static Map<String, Object> settings(String jdbcUrl) {
    Map<String, Object> settings = new HashMap<>();
    String url = jdbcUrl.replaceAll("[?].*", "");
    for (String database : List.of("engine", "domain")) {
      settings.put("channelwise." + database + ".jdbc-url", url);
      settings.put("channelwise." + database + ".username", "postgres");
      settings.put("channelwise." + database + ".pool-size", "6");
    }
    settings.put("channelwise.admin-password", ADMIN_PASSWORD);
    settings.put("channelwise.worker-token", WORKER_TOKEN);
    settings.put("channelwise.link-secret", "test-link-secret-0123456789");
    settings.put("server.port", "0");
    settings.put("spring.servlet.multipart.max-file-size", "2MB");
    return settings;
  }

  public void close() {
    context.close();
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public URI uri(String path) {
    return root.resolve(path);
  }

  /** A request as the user; the staff's names are leads, managers … see {@link #createStaff}. */
  public HttpRequest.Builder as(String user, String path) {
    String password = user.equals("admin") ? ADMIN_PASSWORD : STAFF_PASSWORD;
    return request(path).header("Authorization", basic(user, password));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
  }

  public HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("No answer from " + root, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public HttpResponse<String> get(String user, String path) {
    return send(as(user, path).GET());
  }

  public HttpResponse<String> post(String user, String path, String json) {
    return send(
        as(user, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  /** A campaign that is complete and small. */
  public static Map<String, String> campaignFiles(String key) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "campaign",
        """
        {"key": "%s", "name": "Test campaign", "company": "Test company", "product": "Test LLM",
         "promotionBudget": 60000, "currency": "CNY",
         "settings": {"timers": {"replyDeadline": "PT2H"}, "roundsMax": 4}}
        """
            .formatted(key));
    files.put(
        "survey.csv",
        """
        market,respondent,need,willingness_to_pay,segment
        retail,r1,yes,900,shops
        retail,r2,no,,shops
        finance,r3,yes,1500,banks
        """);
    files.put(
        "competitors.csv",
        """
        market,competitor,market_share,price
        retail,Big Co,40 %,1000
        finance,Other Co,0.3,2000
        """);
    files.put(
        "channels.csv",
        """
        channel,market,kind,reach,fixed_cost,revenue_share,contact
        Cloud Market,retail,cloud marketplace,5000,900,0.15,mailto:partner@example.test
        Community,,community,2000,100,,
        """);
    return files;
  }

  /** {@code multipart/form-data} with each entry as a file part of its name. */
  public static HttpRequest.Builder multipart(
      HttpRequest.Builder request, String method, Map<String, String> parts) {
    String boundary = "channelwise-test-boundary";
    StringBuilder body = new StringBuilder();
    parts.forEach(
        (name, content) ->
            body.append("--%s\r\n".formatted(boundary))
                .append(
                    "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
                        .formatted(name, name))
                .append("Content-Type: application/octet-stream\r\n\r\n")
                .append(content)
                .append("\r\n"));
    body.append("--%s--\r\n".formatted(boundary));
    return request
        .header("Content-Type", "multipart/form-data; boundary=" + boundary)
        .method(method, BodyPublishers.ofString(body.toString()));
  }

  public static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  public static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new IllegalStateException("Not JSON: " + response.body(), e);
    }
  }

  /** Waits until the campaign's process has a token on the activity. */
  public void awaitStep(String businessKey, String activityId) {
    RuntimeService runtime = bean(RuntimeService.class);
    await(
        businessKey + " at " + activityId,
        () ->
            runtime
                    .createProcessInstanceQuery()
                    .processInstanceBusinessKey(businessKey)
                    .activityIdIn(activityId)
                    .count()
                > 0);
  }

  /** Plays the workers until the process instance has ended. */
  public void playUntilEnd(String businessKey, Map<String, Map<String, Object>> outputsByTopic) {
    await(
        "end of " + businessKey,
        () -> {
          play(businessKey, outputsByTopic);
          return bean(RuntimeService.class)
                  .createProcessInstanceQuery()
                  .processInstanceBusinessKey(businessKey)
                  .count()
              == 0;
        });
  }

  /** Plays the workers for the tasks that are open now. */
  public void play(String businessKey, Map<String, Map<String, Object>> outputsByTopic) {
    ExternalTaskService tasks = bean(ExternalTaskService.class);
    var fetch = tasks.fetchAndLock(10, "test-worker");
    for (String topic : outputsByTopic.keySet()) {
      fetch = fetch.topic(topic, 10_000).businessKey(businessKey);
    }
    for (var task : fetch.execute()) {
      Map<String, Object> outputs = new HashMap<>(outputsByTopic.get(task.getTopicName()));
      outputs.replaceAll((name, value) -> typed(value));
      tasks.complete(task.getId(), "test-worker", Map.of(), outputs);
    }
  }

  /** As the worker runtime sends it: lists and maps as JSON. */
  private static Object typed(Object value) {
    if (!(value instanceof Map || value instanceof List)) {
      return value;
    }
    try {
      return SpinValues.jsonValue(JSON.writeValueAsString(value)).create();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Polls a condition that the job executor makes true; fails after half a minute. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("Waited 30 s in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private void createStaff() {
    Map<String, String> groups =
        Map.of(
            "lead", "gtm-lead",
            "manager", "channel-manager",
            "finance", "finance",
            "agent", "support-agent",
            "engineer", "ml-engineer");
    groups.forEach(
        (user, group) -> {
          String json =
              """
              {"profile": {"id": "%s", "firstName": "%s", "lastName": "Test"},
               "credentials": {"password": "%s"}}
              """
                  .formatted(user, user, STAFF_PASSWORD);
          expect(204, post("admin", "/engine-rest/user/create", json));
          expect(
              204,
              send(
                  as("admin", "/engine-rest/group/" + group + "/members/" + user)
                      .PUT(BodyPublishers.noBody())));
        });
    expect(
        204,
        post(
            "admin",
            "/engine-rest/user/create",
            """
            {"profile": {"id": "nobody", "firstName": "No", "lastName": "Group"},
             "credentials": {"password": "%s"}}
            """
                .formatted(STAFF_PASSWORD)));
  }

  private static void expect(int status, HttpResponse<String> response) {
    if (response.statusCode() != status) {
      throw new AssertionError(
          "%s answered %d: %s".formatted(response.uri(), response.statusCode(), response.body()));
    }
  }
}
