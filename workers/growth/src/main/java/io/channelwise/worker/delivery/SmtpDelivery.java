package io.channelwise.worker.delivery;

import io.channelwise.worker.delivery.DeliverySettings.Smtp;
import io.channelwise.worker.runtime.PermanentFailure;
import io.channelwise.worker.runtime.TransientFailure;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Sends a message by mail. Thread-safe: each message has its own connection.
 *
 * <p>{@code Message-ID} is made from the message id, so that a second send after a crash between
 * the server's "250" and our commit is the same mail to mail systems and readers.
 */
final class SmtpDelivery implements Delivery {
  private static final String VIA = "smtp";

  private final Smtp settings;
  private final Session session;
  private final Clock clock;

  SmtpDelivery(Smtp settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.session = Session.getInstance(properties(settings));
  }

  private static Properties properties(Smtp settings) {
    String millis = Long.toString(settings.timeout().toMillis());
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", settings.host());
    properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.username() != null));
    properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    return properties;
  }

  @Override
  public Receipt send(OutboundMessage message) {
    try {
      MimeMessage mail = mail(message);
      try (Transport transport = session.getTransport()) {
        transport.connect(settings.username(), settings.password());
        transport.sendMessage(mail, mail.getAllRecipients());
      }
      return new Receipt(message.id(), VIA, false, clock.instant());
    } catch (AddressException e) {
      throw rejected(message, "its address cannot be read", e);
    } catch (AuthenticationFailedException e) {
      throw new PermanentFailure(
          "Message %s was not sent: the mail server %s refused our login. Check channelwise.delivery.smtp.username and password."
              .formatted(message.id(), settings.host()),
          e);
    } catch (MessagingException e) {
      if (refusedForGood(e)) {
        throw rejected(message, "the mail server refused it", e);
      }
      throw new TransientFailure(
          "Message %s could not be sent through mail server %s:%d: %s. It is tried again."
              .formatted(message.id(), settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static DeliveryRejectedException rejected(
      OutboundMessage message, String why, MessagingException e) {
    return new DeliveryRejectedException(
        message.id(),
        "Message %s to “%s” was not sent: %s (%s). Correct the contact of channel “%s”."
            .formatted(message.id(), message.to(), why, e.getMessage(), message.channel()),
        e);
  }

  /** Reply codes 5xx of RFC 5321 to sender, recipient or content; the rest may heal. */
  private static boolean refusedForGood(MessagingException e) {
    Exception cause = e;
    while (cause != null) {
      int code = 0;
      if (cause instanceof SMTPAddressFailedException refused) {
        code = refused.getReturnCode();
      } else if (cause instanceof SMTPSenderFailedException refused) {
        code = refused.getReturnCode();
      } else if (cause instanceof SMTPSendFailedException refused) {
        code = refused.getReturnCode();
      }
      if (code / 100 == 5) {
        return true;
      }
      cause = cause instanceof MessagingException mail ? mail.getNextException() : null;
    }
    return false;
  }

  private MimeMessage mail(OutboundMessage message) throws MessagingException {
    InternetAddress from = new InternetAddress(settings.from(), true);
    String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    MimeMessage mail = new IdentifiedMail(session, "<" + message.id() + "@" + domain + ">");
    mail.setFrom(from);
    mail.setRecipient(RecipientType.TO, new InternetAddress(address(message.to()), true));
    mail.setSubject(message.subject().replaceAll("[\\r\\n]+", " "), "UTF-8");
    mail.setSentDate(Date.from(clock.instant()));
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setText(message.body(), "UTF-8");
    mail.saveChanges();
    return mail;
  }

  /** The address of {@code mailto:address?header=…}; headers in it are ignored. */
  private static String address(String mailto) throws AddressException {
    String rest = mailto.strip().substring("mailto:".length());
    int query = rest.indexOf('?');
    String address = query < 0 ? rest : rest.substring(0, query);
    try {
      // A plus is a plus in an address; only %xx is an escape here (RFC 6068).
      return URLDecoder.decode(address.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new AddressException("Not an address: " + e.getMessage(), address);
    }
  }

  /** Keeps its own Message-ID where Jakarta Mail would make a random one. */
  private static final class IdentifiedMail extends MimeMessage {
    private final String messageId;

    IdentifiedMail(Session session, String messageId) {
      super(session);
      this.messageId = messageId;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", messageId);
    }
  }
}
