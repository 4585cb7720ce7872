package io.channelwise.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Brings the engine's view of the user up to date and tells the engine who calls.
 *
 * <p>A session lives for hours: the user's groups are read again (at most two minutes old), and the
 * session of a deleted user ends. Thread-safe.
 */
final class CallerFilter extends OncePerRequestFilter {
  private final Identities identities;
  private final IdentityService engine;

  CallerFilter(Identities identities, IdentityService engine) {
    this.identities = identities;
    this.engine = engine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Authentication current = SecurityContextHolder.getContext().getAuthentication();
    if (!(current instanceof AccountAuthentication known)) {
      engine.clearAuthentication();
      chain.doFilter(request, response);
      return;
    }
    Optional<Account> account = refresh(known, request);
    try {
      account.ifPresentOrElse(
          a -> engine.setAuthentication(a.id(), a.groups()), engine::clearAuthentication);
      chain.doFilter(request, response);
    } finally {
      engine.clearAuthentication();
    }
  }

  private Optional<Account> refresh(AccountAuthentication known, HttpServletRequest request) {
    boolean isPerson =
        known.getAuthorities().stream()
            .anyMatch(a -> a.getAuthority().equals(EngineAuthenticationProvider.PERSON));
    if (!isPerson) {
      return Optional.of(known.getPrincipal());
    }
    Optional<Account> now = identities.find(known.getPrincipal().id());
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    now.ifPresentOrElse(
        account ->
            context.setAuthentication(
                new AccountAuthentication(account, EngineAuthenticationProvider.PERSON)),
        () -> endSession(request));
    SecurityContextHolder.setContext(context);
    return now;
  }

  private static void endSession(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
  }
}
