package io.channelwise.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives each page of Cockpit, Tasklist and Admin a script nonce of its own, the same in header and
 * page.
 *
 * <p>Camunda 7.24 keeps the nonce in the servlet context, one for all requests: when another
 * request comes between header and page, the browser refuses every script and the page stays empty.
 * Thread-safe.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class ContentPolicyNonce extends OncePerRequestFilter {
  private static final String HEADER = "Content-Security-Policy";
  private static final Pattern PAGES = Pattern.compile("/camunda/app/[a-z]+/[^/]+/?");
  private static final Pattern IN_HEADER = Pattern.compile("'nonce-[^']*'");
  private static final Pattern IN_PAGE = Pattern.compile("nonce=\"[^\"]*\"");

  /** Bytes stay bytes: the pattern is ASCII, whatever the page's own charset. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private final SecureRandom random = new SecureRandom();

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !PAGES.matcher(request.getRequestURI()).matches();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper page = new ContentCachingResponseWrapper(response);
    chain.doFilter(request, page);
    String policy = page.getHeader(HEADER);
    if (policy != null && IN_HEADER.matcher(policy).find() && !page.isCommitted()) {
      String nonce = newNonce();
      page.setHeader(HEADER, IN_HEADER.matcher(policy).replaceAll("'nonce-" + nonce + "'"));
      String html = new String(page.getContentAsByteArray(), BYTES);
      page.resetBuffer();
      page.getOutputStream()
          .write(IN_PAGE.matcher(html).replaceAll("nonce=\"" + nonce + "\"").getBytes(BYTES));
    }
    page.copyBodyToResponse();
  }

  private String newNonce() {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
