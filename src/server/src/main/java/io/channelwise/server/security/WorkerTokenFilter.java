package io.channelwise.server.security;

import io.channelwise.server.engine.Accounts;
import io.channelwise.server.settings.ServerSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code Authorization: Bearer …} of the workers. The hashes are compared, in constant time, so
 * that neither length nor content of the token leaks. Thread-safe.
 */
final class WorkerTokenFilter extends OncePerRequestFilter {
  static final String WORKER = "WORKER";
  private static final String SCHEME = "Bearer ";

  private final byte[] expected;
  private final AuthenticationEntryPoint refusal;

  WorkerTokenFilter(ServerSettings settings, AuthenticationEntryPoint refusal) {
    expected = sha256(settings.workerToken());
    this.refusal = refusal;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      chain.doFilter(request, response);
      return;
    }
    if (!MessageDigest.isEqual(expected, sha256(header.substring(SCHEME.length()).strip()))) {
      SecurityContextHolder.clearContext();
      refusal.commence(request, response, new BadCredentialsException("The token is wrong."));
      return;
    }
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        new AccountAuthentication(
            new Account(Accounts.WORKER, "Channelwise Workers", List.of()), WORKER));
    SecurityContextHolder.setContext(context);
    chain.doFilter(request, response);
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This JVM has no SHA-256", e);
    }
  }
}
