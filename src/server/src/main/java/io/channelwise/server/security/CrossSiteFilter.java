package io.channelwise.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a browser sends on behalf of another site. Tokens protect sessions; this
 * protects HTTP Basic too, whose password a browser remembers and adds by itself. Thread-safe.
 */
final class CrossSiteFilter extends OncePerRequestFilter {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final ProblemWriter problems;

  CrossSiteFilter(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean crossSite = "cross-site".equals(request.getHeader("Sec-Fetch-Site"));
    if (crossSite && !SAFE.contains(request.getMethod())) {
      problems.write(request, response, HttpStatus.FORBIDDEN, "cross-site");
      return;
    }
    chain.doFilter(request, response);
  }
}
