package io.channelwise.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is open without a login, and nobody gets more than their groups allow. */
class AccessTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.get();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/engine-rest/engine",
        "/engine-rest/version",
        "/engine-rest/process-definition",
        "/engine-rest/external-task",
        "/engine-rest/user",
        "/engine-rest/history/process-instance",
        "/camunda/api/engine/engine",
        "/camunda/api/engine/engine/default/user",
        "/camunda/api/admin/auth/user/default",
        "/camunda/api/admin/setup/default/user/create",
        "/camunda/app/cockpit/default/",
        "/camunda/app/admin/default/setup/",
        "/camunda/lib/deps.js",
        "/",
        "/forms/briefing.js",
        "/api/campaigns",
        "/api/docs",
        "/api/openapi",
        "/api/no-such-thing",
        "/actuator",
        "/actuator/metrics",
        "/actuator/prometheus",
        "/actuator/env",
        "/no-such-page"
      })
  void shouldAnswerUnauthorized_whenNobodyIsLoggedIn(String path) {
    var response = server.send(server.request(path).GET());

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
    assertThat(TestServer.json(response).path("status").asInt()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/docs", "/camunda/app/tasklist/default/", "/no-such-page"})
  void shouldRedirectToLogin_whenABrowserOpensAPage(String path) {
    var response = server.send(server.request(path).header("Accept", "text/html").GET());

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).hasValue("/login");
  }

  @Test
  void shouldRefuseWrongPassword_andKeepTheFormOut() {
    var request =
        server
            .request("/engine-rest/engine")
            .header("Authorization", TestServer.basic("admin", "wrong"));

    assertThat(server.send(request.GET()).statusCode()).isEqualTo(401);
  }

  @Test
  void shouldLetIn_withBasic() {
    assertThat(server.get("admin", "/engine-rest/engine").body()).contains("default");
    assertThat(server.get("admin", "/actuator/prometheus").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldShowHealthWithoutDetails_toEverybody() {
    var response = server.send(server.request("/actuator/health").GET());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("UP").doesNotContain("PostgreSQL");
  }

  @Test
  void shouldLimitTheWorkerToken_toExternalTasks() {
    String bearer = "Bearer " + TestServer.WORKER_TOKEN;

    var fetch =
        server.send(
            server
                .request("/engine-rest/external-task/fetchAndLock")
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"workerId": "w", "maxTasks": 1, "asyncResponseTimeout": 200,
                         "topics": [{"topicName": "no.such.topic", "lockDuration": 1000}]}
                        """)));
    assertThat(fetch.statusCode()).isEqualTo(200);
    assertThat(fetch.body()).isEqualTo("[]");
    for (String path : new String[] {"/engine-rest/user", "/engine-rest/task", "/api/campaigns"}) {
      var response = server.send(server.request(path).header("Authorization", bearer).GET());
      assertThat(response.statusCode()).as(path).isEqualTo(403);
    }
  }

  @Test
  void shouldRefuseAWrongToken() {
    var response =
        server.send(
            server
                .request("/engine-rest/external-task")
                .header("Authorization", "Bearer " + TestServer.WORKER_TOKEN + "x")
                .GET());

    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void shouldApplyTheEnginesAuthorizations_toRest() {
    assertThat(
            TestServer.json(server.get("admin", "/engine-rest/user/count")).path("count").asInt())
        .isGreaterThan(5);
    assertThat(
            TestServer.json(server.get("agent", "/engine-rest/user/count")).path("count").asInt())
        .isEqualTo(1);
    assertThat(
            server
                .post("agent", "/engine-rest/process-definition/key/model-training/start", "{}")
                .statusCode())
        .isEqualTo(403);
    assertThat(
            TestServer.json(server.get("lead", "/engine-rest/process-definition/count"))
                .path("count")
                .asInt())
        .isGreaterThan(3);
    assertThat(
            TestServer.json(server.get("nobody", "/engine-rest/process-definition/count"))
                .path("count")
                .asInt())
        .isZero();
  }

  @Test
  void shouldRefuseChanges_fromAnotherSite() {
    var response =
        server.send(
            server
                .as("admin", "/engine-rest/user/create")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(response.statusCode()).isEqualTo(403);
  }
}
