package io.channelwise.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.channelwise.server.TestServer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The form's session opens pages and web applications; changes need its token. */
class SessionTest {
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static TestServer server;

  private final CookieManager cookies = new CookieManager();
  private final HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();

  @BeforeAll
  static void start() {
    server = TestServer.get();
  }

  @Test
  void shouldOpenEverything_afterOneLogin() throws Exception {
    assertThat(login("lead", TestServer.STAFF_PASSWORD).headers().firstValue("Location"))
        .hasValue("/");

    assertThat(page("/").statusCode()).isEqualTo(200);
    assertThat(page("/api/campaigns").statusCode()).isEqualTo(200);
    assertThat(page("/camunda/app/tasklist/default/").body()).contains("tasklist");
    assertThat(page("/camunda/api/engine/engine/default/task").statusCode()).isEqualTo(200);
    var script = page("/forms/briefing.js");
    assertThat(script.body()).contains("cwBriefing");
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValueSatisfying(
            t -> assertThat(t).isEqualToIgnoringCase("text/javascript;charset=utf-8"));
    // The session does not open the programs' entrance.
    assertThat(page("/engine-rest/engine").statusCode()).isNotEqualTo(200);
  }

  @Test
  void shouldKeepOut_whenPasswordOrTokenIsWrong() throws Exception {
    assertThat(login("lead", "wrong").headers().firstValue("Location")).hasValue("/login?failed");
    assertThat(page("/").headers().firstValue("Location")).hasValue("/login");
    assertThat(
            post("/login", "username=lead&password=" + TestServer.STAFF_PASSWORD, null)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void shouldNeedTheToken_forChanges() throws Exception {
    login("lead", TestServer.STAFF_PASSWORD);
    page("/");
    String path = "/api/campaigns/no-such-campaign/cancellation";

    assertThat(post(path, "", null).statusCode()).isEqualTo(403);
    assertThat(post(path, "", "wrong").statusCode()).isEqualTo(403);
    assertThat(post(path, "", cookie("CHANNELWISE_CSRF").getValue()).statusCode()).isEqualTo(404);
  }

  @Test
  void shouldTakeTasklistsToken_forAFormsUpload() throws Exception {
    login("lead", TestServer.STAFF_PASSWORD);
    page("/camunda/app/tasklist/default/");
    String token = cookie("XSRF-TOKEN").getValue();

    assertThat(upload(token).statusCode()).isEqualTo(404);
    assertThat(upload(token + "x").statusCode()).isEqualTo(403);
  }

  @Test
  void shouldTellAUserWithoutGroups_andLetThemLeave() throws Exception {
    login("nobody", TestServer.STAFF_PASSWORD);

    var refused = page("/");

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("Ask an administrator", "_csrf");
  }

  @Test
  void shouldProtectTheSessionsCookie_andEndItOnLogout() throws Exception {
    login("lead", TestServer.STAFF_PASSWORD);
    String before = cookie("CHANNELWISE_SESSION").getValue();
    assertThat(cookie("CHANNELWISE_SESSION").isHttpOnly()).isTrue();

    Matcher token = CSRF.matcher(page("/").body());
    assertThat(token.find()).isTrue();
    post("/logout", "_csrf=" + token.group(1), null);

    HttpRequest stolen =
        HttpRequest.newBuilder(server.uri("/api/campaigns"))
            .header("Cookie", "CHANNELWISE_SESSION=" + before)
            .build();
    assertThat(HttpClient.newHttpClient().send(stolen, BodyHandlers.ofString()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void shouldNotOpenASecondDoor() throws Exception {
    assertThat(
            post(
                    "/camunda/api/admin/auth/user/default/login/cockpit",
                    "username=admin&password=" + TestServer.ADMIN_PASSWORD,
                    null)
                .statusCode())
        .isIn(401, 403);
    login("lead", TestServer.STAFF_PASSWORD);
    assertThat(
            post(
                    "/camunda/api/admin/auth/user/default/login/cockpit",
                    "username=admin&password=" + TestServer.ADMIN_PASSWORD,
                    null)
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void shouldKeepScriptsOfOthersOut() throws Exception {
    var response = page("/login");

    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(p -> assertThat(p).contains("script-src 'self'"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
  }

  @Test
  void shouldServeTheApisDocumentation() throws Exception {
    login("agent", TestServer.STAFF_PASSWORD);

    assertThat(page("/api/openapi").body())
        .contains("/api/campaigns/{key}/cancellation", "/api/models/{name}/predictions")
        .contains("\"/api/deals/{token}/reply\"");
    var docs = page("/api/docs");
    assertThat(docs.statusCode()).isEqualTo(302);
    assertThat(page(docs.headers().firstValue("Location").orElseThrow()).body())
        .contains("swagger-ui");
  }

  private HttpResponse<String> login(String user, String password) throws Exception {
    Matcher token = CSRF.matcher(page("/login").body());
    assertThat(token.find()).isTrue();
    return post(
        "/login",
        "username=%s&password=%s&_csrf=%s"
            .formatted(user, URLEncoder.encode(password, StandardCharsets.UTF_8), token.group(1)),
        null);
  }

  private HttpResponse<String> page(String path) throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(server.uri(path)).header("Accept", "text/html,*/*").build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form, String csrfHeader)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form));
    if (csrfHeader != null) {
      request.header("X-CSRF-TOKEN", csrfHeader);
    }
    return browser.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> upload(String tasklistToken) throws Exception {
    HttpRequest.Builder request =
        TestServer.multipart(
            HttpRequest.newBuilder(server.uri("/api/campaigns/no-such-campaign/data")),
            "PUT",
            Map.of("survey.csv", "market,respondent,need\nretail,r1,yes\n"));
    return browser.send(
        request.header("X-XSRF-TOKEN", tasklistToken).build(), BodyHandlers.ofString());
  }

  private HttpCookie cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(c -> c.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
