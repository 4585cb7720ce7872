package io.channelwise.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TransientFailure;
import jakarta.mail.internet.MimeMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SmtpDeliveryTest {
  private static final ServerSetup ANY_PORT = ServerSetupTest.SMTP.dynamicPort();

  @RegisterExtension final GreenMailExtension mail = new GreenMailExtension(ANY_PORT);

  private static OutboundMessage message(String to) {
    return new OutboundMessage(
        "deal-1-1-offer", "acme", "shop", "offer", to, "报价\r\nBcc: x@y", "正文\n", Map.of());
  }

  private static SmtpDelivery smtp(int port, boolean startTls, String username) {
    return new SmtpDelivery(
        new DeliverySettings.Smtp(
            "127.0.0.1",
            port,
            startTls,
            username,
            username == null ? null : "wrong",
            "gtm@acme.example",
            Duration.ofSeconds(2)),
        Clock.systemUTC());
  }

  @Test
  void shouldSendOneMail_withItsOwnMessageId() throws Exception {
    Receipt receipt =
        smtp(mail.getSmtp().getPort(), false, null)
            .send(message("mailto:sales+cn@shop.example?subject=ignored"));

    assertThat(receipt.via()).isEqualTo("smtp");
    assertThat(mail.waitForIncomingEmail(5_000, 1)).isTrue();
    MimeMessage received = mail.getReceivedMessages()[0];
    assertThat(received.getMessageID()).isEqualTo("<deal-1-1-offer@acme.example>");
    assertThat(received.getSubject()).isEqualTo("报价 Bcc: x@y");
    assertThat(received.getHeader("Bcc")).isNull();
    assertThat(received.getAllRecipients()[0]).hasToString("sales+cn@shop.example");
    assertThat(received.getContent().toString()).contains("正文");
  }

  @Test
  void shouldSendTheSameMessageIdAgain() throws Exception {
    SmtpDelivery smtp = smtp(mail.getSmtp().getPort(), false, null);
    smtp.send(message("mailto:a@shop.example"));
    smtp.send(message("mailto:a@shop.example"));

    assertThat(mail.waitForIncomingEmail(5_000, 2)).isTrue();
    assertThat(mail.getReceivedMessages())
        .extracting(MimeMessage::getMessageID)
        .containsOnly("<deal-1-1-offer@acme.example>");
  }

  @Test
  void shouldRefuseUnreadableAddresses() {
    for (String to : new String[] {"mailto:", "mailto:nobody", "mailto:a@b@c", "mailto:%zz@b.c"}) {
      assertThatThrownBy(() -> smtp(mail.getSmtp().getPort(), false, null).send(message(to)))
          .isInstanceOf(DeliveryRejectedException.class)
          .hasMessageContaining("Correct the contact of channel “shop”.");
    }
  }

  @Test
  void shouldNotSendInClear_whenTlsIsAskedFor() {
    assertThatThrownBy(
            () -> smtp(mail.getSmtp().getPort(), true, null).send(message("mailto:a@shop.example")))
        .isInstanceOf(TransientFailure.class);
    assertThat(mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void shouldTryAgain_whenTheServerIsDown() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThatThrownBy(() -> smtp(closed, false, null).send(message("mailto:a@shop.example")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("could not be sent through mail server 127.0.0.1:" + closed);
  }

  @Test
  void shouldAskAnOperator_whenTheLoginIsRefused() throws Exception {
    try (ScriptedServer server = new ScriptedServer("535 no", "250 ok")) {
      assertThatThrownBy(
              () -> smtp(server.port(), false, "gtm").send(message("mailto:a@shop.example")))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining("refused our login");
    }
  }

  @Test
  void shouldTellRefusalFromDelay() throws Exception {
    try (ScriptedServer server = new ScriptedServer("235 ok", "550 no such user")) {
      assertThatThrownBy(
              () -> smtp(server.port(), false, null).send(message("mailto:a@shop.example")))
          .isInstanceOf(DeliveryRejectedException.class);
    }
    try (ScriptedServer server = new ScriptedServer("235 ok", "451 greylisted")) {
      assertThatThrownBy(
              () -> smtp(server.port(), false, null).send(message("mailto:a@shop.example")))
          .isInstanceOf(TransientFailure.class);
    }
  }

  /** Speaks just enough SMTP to refuse; one connection. */
  private static final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Thread thread;

    ScriptedServer(String toLogin, String toRecipient) throws IOException {
      thread = new Thread(() -> serve(toLogin, toRecipient), "scripted-smtp");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve(String toLogin, String toRecipient) {
      try (Socket client = socket.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
        say(client, "220 test");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          if (line.startsWith("EHLO")) {
            say(client, "250-test\r\n250 AUTH PLAIN");
          } else if (line.startsWith("AUTH")) {
            say(client, toLogin);
          } else if (line.startsWith("RCPT")) {
            say(client, toRecipient);
          } else {
            say(client, "250 ok");
          }
        }
      } catch (IOException e) {
        // The client hung up or the test closed the socket: the end of the script.
      }
    }

    private static void say(Socket client, String line) throws IOException {
      client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
      client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
