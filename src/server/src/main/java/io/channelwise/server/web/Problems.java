package io.channelwise.server.web;

import java.net.URI;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/** Problem documents (RFC 9457) in the caller's language. Thread-safe. */
@Component
public class Problems {
  private final MessageSource messages;

  Problems(MessageSource messages) {
    this.messages = messages;
  }

  /**
   * @param code stable, part of the document's type; titles and details are the messages {@code
   *     problem.<code>.title} and {@code problem.<code>.detail}
   * @param arguments of the detail
   */
  public ProblemDetail of(HttpStatus status, String code, Locale locale, Object... arguments) {
    String detail = messages.getMessage("problem." + code + ".detail", arguments, locale);
    return withDetail(status, code, locale, detail);
  }

  /** A problem whose detail is made by the domain. */
  public ProblemDetail withDetail(HttpStatus status, String code, Locale locale, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:channelwise:problem:" + code));
    problem.setTitle(messages.getMessage("problem." + code + ".title", null, locale));
    return problem;
  }
}
