package io.channelwise.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * What somebody gets who is not let in: a browser that opens a page the login form, everybody else
 * a problem document. Thread-safe.
 */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {
  private final ProblemWriter problems;
  private final LoginUrlAuthenticationEntryPoint loginForm =
      new LoginUrlAuthenticationEntryPoint("/login");

  Refusals(ProblemWriter problems) {
    this.problems = problems;
    // Behind a proxy the server does not know its own address.
    loginForm.setFavorRelativeUris(true);
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
      throws IOException, jakarta.servlet.ServletException {
    if (opensPage(request)) {
      loginForm.commence(request, response, failure);
      return;
    }
    // A script in a page must not make the browser ask for a password of its own.
    if (request.getHeader("Sec-Fetch-Mode") == null) {
      response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Channelwise\"");
    }
    problems.write(request, response, HttpStatus.UNAUTHORIZED, "login-needed");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException {
    if (opensPage(request)) {
      response.sendError(HttpStatus.FORBIDDEN.value());
      return;
    }
    problems.write(
        request,
        response,
        HttpStatus.FORBIDDEN,
        denied instanceof CsrfException ? "csrf" : "forbidden");
  }

  private static boolean opensPage(HttpServletRequest request) {
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getMethod().equals("GET")
        && request.getHeader(HttpHeaders.AUTHORIZATION) == null
        && accept != null
        && accept.contains(MediaType.TEXT_HTML_VALUE);
  }
}
