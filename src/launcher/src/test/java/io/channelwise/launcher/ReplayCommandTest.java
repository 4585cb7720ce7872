package io.channelwise.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command asks a server and how it shows the answer. */
class ReplayCommandTest {
  private static final String ANSWER =
      """
      {"campaignKey": "spring", "cycle": 2, "currency": "CNY", "planId": "p-1",
       "sharingVersion": 3,
       "plan": [{"id": "revenue", "label": {"en": "Revenue after costs", "zh": "收入"},
                 "recorded": 1000.5, "replayed": 900.25, "difference": -100.25,
                 "low": 800, "high": 1000, "unit": "CNY"}],
       "budget": [],
       "channels": [{"id": "Radio", "label": {"en": "Radio", "zh": "Radio"},
                     "recorded": 10, "replayed": null, "difference": null, "unit": "CNY"}],
       "heldFixed": [{"en": "Deal terms.", "zh": "条款。"}],
       "sentences": [{"en": "Revenue falls.", "zh": "收入下降。"}]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private HttpServer server;
  private int status = 200;
  private String body = ANSWER;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.set(
              "%s %s %s"
                  .formatted(
                      exchange.getRequestMethod(),
                      exchange.getRequestURI(),
                      new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
          byte[] content = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, content.length);
          exchange.getResponseBody().write(content);
          exchange.close();
        });
    server.start();
    Files.writeString(folder.resolve("password"), "secret\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int run(String... options) {
    String[] arguments = new String[options.length + 5];
    arguments[0] = "replay";
    arguments[1] = "--url";
    arguments[2] = "http://127.0.0.1:" + server.getAddress().getPort();
    arguments[3] = "--password-file";
    arguments[4] = folder.resolve("password").toString();
    System.arraycopy(options, 0, arguments, 5, options.length);
    return Channelwise.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void shouldAskTheServer_showATable_andWriteTheAnswer() throws IOException {
    Path json = folder.resolve("replay.json");

    int code =
        run(
            "spring",
            "--cycle",
            "2",
            "--channels",
            "Cloud Market,Radio",
            "--price",
            "99.5",
            "--budget",
            "20000",
            "--json",
            json.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(asked.get())
        .isEqualTo(
            "POST /api/campaigns/spring/cycles/2/replays"
                + " {\"channels\":[\"Cloud Market\",\"Radio\"],\"price\":99.5,\"budget\":20000.0}");
    assertThat(out.toString())
        .contains("campaign spring, cycle 2, in CNY", "plan p-1", "money by channel")
        .containsPattern(
            "Revenue after costs +1,000\\.5000 +900\\.2500 +-100\\.2500 +800\\.0000 to 1,000")
        .containsPattern("Radio +10\\.0000 +– +–")
        .contains("Revenue falls.", "held fixed:", "  Deal terms.")
        .doesNotContain("budget, sharing");
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(json.toFile())).isEqualTo(mapper.readTree(ANSWER));
  }

  @Test
  void shouldSayWhatIsWrong_andEndWithTwo() {
    status = 422;
    body = "{\"title\": \"Replay refused\", \"detail\": \"Unknown in campaign: channel TV.\"}";

    assertThat(run("spring", "--cycle", "1", "--channels", "TV")).isEqualTo(2);
    assertThat(err.toString()).contains("channelwise replay: Unknown in campaign: channel TV.");
    assertThat(run("spring")).isEqualTo(2);
    assertThat(err.toString()).contains("--cycle");
    assertThat(run("spring", "--cycle", "1", "--price", "NaN")).isEqualTo(2);
    assertThat(err.toString()).contains("--price is NaN; a number above 0 is expected.");
    for (String wrong : new String[] {"NaN", "Infinity", "-Infinity", "1e999"}) {
      assertThat(run("spring", "--cycle", "1", "--budget", wrong)).as(wrong).isEqualTo(2);
    }
    assertThat(err.toString()).contains("--budget is NaN; a number above 0 is expected.");
    assertThat(run("spring", "--cycle", "1", "--budget", "much")).isEqualTo(2);
    assertThat(err.toString()).doesNotContain("\tat ");
    server.stop(0);
    assertThat(run("spring", "--cycle", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("No server answers at http://127.0.0.1:");
  }
}
