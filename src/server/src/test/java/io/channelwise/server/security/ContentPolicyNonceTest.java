package io.channelwise.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ContentPolicyNonceTest {
  private static final String POLICY = "base-uri 'self';script-src 'nonce-%s' 'strict-dynamic'";

  /** As happens when another request comes between header and page. */
  private static final FilterChain MIXED_UP =
      (request, response) -> {
        ((jakarta.servlet.http.HttpServletResponse) response)
            .setHeader("Content-Security-Policy", POLICY.formatted("mine"));
        response.setContentType("text/html");
        response.getWriter().write("<p>é</p><script nonce=\"other\"></script>");
      };

  @Test
  void shouldPutOneNonceIntoHeaderAndPage_whenTheyDiffer() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();

    new ContentPolicyNonce()
        .doFilter(
            new MockHttpServletRequest("GET", "/camunda/app/tasklist/default/"),
            response,
            MIXED_UP);

    Matcher inPage =
        Pattern.compile("nonce=\"([^\"]{27})\"").matcher(response.getContentAsString());
    assertThat(inPage.find()).isTrue();
    assertThat(response.getHeader("Content-Security-Policy"))
        .isEqualTo(POLICY.formatted(inPage.group(1)));
    assertThat(response.getContentAsString()).startsWith("<p>é</p>");
  }

  @Test
  void shouldLeaveScriptsAlone() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();

    new ContentPolicyNonce()
        .doFilter(
            new MockHttpServletRequest("GET", "/camunda/app/tasklist/scripts/config.js"),
            response,
            MIXED_UP);

    assertThat(response.getContentAsString()).contains("nonce=\"other\"");
  }
}
