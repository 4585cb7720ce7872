package io.channelwise.server.web;

import io.channelwise.server.security.Account;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.RequestMapping;

/** Errors outside of the controllers: a page for browsers, a problem document for programs. */
@Controller
@Hidden
public class ErrorPages implements ErrorController {
  /** Request attribute: code of the messages that say more than the status does. */
  public static final String CODE = "channelwise.error.code";

  /** Request attribute: the messages' only argument. */
  public static final String ARGUMENT = "channelwise.error.argument";

  private final Problems problems;

  ErrorPages(Problems problems) {
    this.problems = problems;
  }

  @RequestMapping(path = "/error", produces = MediaType.TEXT_HTML_VALUE)
  String page(HttpServletRequest request, Model model) {
    HttpStatus status = status(request);
    model.addAttribute("status", status.value());
    Object code = request.getAttribute(CODE);
    model.addAttribute("code", code == null ? code(status) : code);
    var login = SecurityContextHolder.getContext().getAuthentication();
    model.addAttribute("loggedIn", login != null && login.getPrincipal() instanceof Account);
    model.addAttribute("argument", request.getAttribute(ARGUMENT));
    return "error";
  }

  @RequestMapping("/error")
  ResponseEntity<ProblemDetail> problem(HttpServletRequest request, Locale locale) {
    HttpStatus status = status(request);
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problems.of(status, code(status), locale));
  }

  private static HttpStatus status(HttpServletRequest request) {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    HttpStatus known = status instanceof Integer code ? HttpStatus.resolve(code) : null;
    return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
  }

  /** Code of the messages that explain a status; see {@link Problems#of}. */
  static String code(HttpStatus status) {
    return switch (status) {
      case UNAUTHORIZED -> "login-needed";
      case FORBIDDEN -> "forbidden";
      case NOT_FOUND -> "not-found";
      case METHOD_NOT_ALLOWED -> "method-not-allowed";
      case NOT_ACCEPTABLE -> "not-acceptable";
      case UNSUPPORTED_MEDIA_TYPE -> "media-type";
      case PAYLOAD_TOO_LARGE -> "too-large";
      default -> status.is4xxClientError() ? "bad-request" : "failed";
    };
  }
}
