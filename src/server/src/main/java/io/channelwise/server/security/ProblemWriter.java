package io.channelwise.server.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.channelwise.server.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.LocaleResolver;

/** Writes a problem document outside of the controllers, in filters. Thread-safe. */
@Component
class ProblemWriter {
  private final Problems problems;
  private final LocaleResolver locales;
  private final ObjectMapper json;

  ProblemWriter(Problems problems, LocaleResolver locales, ObjectMapper json) {
    this.problems = problems;
    this.locales = locales;
    this.json = json;
  }

  /**
   * @param code of the messages {@code problem.<code>.title} and {@code problem.<code>.detail}
   */
  void write(
      HttpServletRequest request, HttpServletResponse response, HttpStatus status, String code)
      throws IOException {
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.setCharacterEncoding("UTF-8");
    json.writeValue(
        response.getOutputStream(), problems.of(status, code, locales.resolveLocale(request)));
  }
}
