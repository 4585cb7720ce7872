package io.channelwise.server.security;

import io.channelwise.server.engine.Groups;
import io.channelwise.server.settings.ServerSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.camunda.bpm.webapp.impl.security.filter.util.CsrfConstants;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Who gets in where. Four chains: the engine's REST API (no sessions), our API (HTTP Basic, or the
 * session of a page with a CSRF token), the engine's web applications (session), our pages
 * (session, and the login form).
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
  private static final String SESSION_COOKIE = "CHANNELWISE_SESSION";
  private static final String PERSON = EngineAuthenticationProvider.PERSON;

  /** Our own API and pages are for people in one of the product's groups. */
  private static final String[] STAFF =
      Stream.concat(Groups.staff().stream(), Stream.of(Groups.ADMINISTRATORS))
          .toArray(String[]::new);

  /** Scripts of ours only; nothing from elsewhere; forms post to us. */
  private static final String CONTENT_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self';"
          + " frame-ancestors 'self'";

  private static final PathPatternRequestMatcher.Builder PATHS =
      PathPatternRequestMatcher.withDefaults();

  /** The one call without a login: a signed link is its own credential. */
  private static final RequestMatcher PARTNER_REPLY =
      PATHS.matcher(HttpMethod.POST, "/api/deals/{token}/reply");

  private final Refusals refusals;
  private final ProblemWriter problems;
  private final EngineAuthenticationProvider passwords;
  private final Identities identities;
  private final IdentityService engine;
  private final ServerSettings settings;

  SecurityConfiguration(
      Refusals refusals,
      ProblemWriter problems,
      EngineAuthenticationProvider passwords,
      Identities identities,
      IdentityService engine,
      ServerSettings settings) {
    this.refusals = refusals;
    this.problems = problems;
    this.passwords = passwords;
    this.identities = identities;
    this.engine = engine;
    this.settings = settings;
  }

  @Bean
  @Order(1)
  SecurityFilterChain engineRestChain(HttpSecurity http) throws Exception {
    http.securityMatcher(PATHS.matcher("/engine-rest/**"))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(CsrfConfigurer::disable)
        .authorizeHttpRequests(
            r ->
                r.requestMatchers(
                        PATHS.matcher("/engine-rest/external-task/**"),
                        PATHS.matcher("/engine-rest/version"))
                    .hasAnyAuthority(WorkerTokenFilter.WORKER, PERSON)
                    .anyRequest()
                    .hasAuthority(PERSON));
    return programs(http).build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain apiChain(HttpSecurity http) throws Exception {
    http.securityMatchers(
            m -> m.requestMatchers(PATHS.matcher("/api/**"), PATHS.matcher("/actuator/**")))
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.NEVER))
        .csrf(
            c ->
                csrf(c)
                    .ignoringRequestMatchers(
                        SecurityConfiguration::bringsCredentials,
                        SecurityConfiguration::bringsTasklistToken))
        .authorizeHttpRequests(
            r ->
                r.requestMatchers(
                        PARTNER_REPLY,
                        PATHS.matcher(HttpMethod.GET, "/actuator/health"),
                        PATHS.matcher(HttpMethod.GET, "/actuator/health/**"))
                    .permitAll()
                    .anyRequest()
                    .hasAnyAuthority(STAFF));
    return programs(http).build();
  }

  @Bean
  @Order(3)
  SecurityFilterChain webApplicationsChain(HttpSecurity http) throws Exception {
    http.securityMatcher(PATHS.matcher("/camunda/**"))
        // They bring a CSRF token, a content policy and cache headers of their own.
        .csrf(CsrfConfigurer::disable)
        .headers(h -> h.cacheControl(c -> c.disable()).frameOptions(FrameOptionsConfig::sameOrigin))
        .logout(
            l ->
                l.logoutRequestMatcher(
                        PATHS.matcher(
                            HttpMethod.POST, "/camunda/api/admin/auth/user/{engine}/logout"))
                    .deleteCookies(SESSION_COOKIE)
                    .logoutSuccessHandler(
                        new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT)))
        .authorizeHttpRequests(
            r ->
                // A login and a first set-up beside ours would be a second door.
                r.requestMatchers(
                        PATHS.matcher(HttpMethod.POST, "/camunda/api/admin/auth/user/*/login/**"),
                        PATHS.matcher("/camunda/api/admin/setup/**"))
                    .denyAll()
                    .anyRequest()
                    .hasAuthority(PERSON));
    return common(http).build();
  }

  @Bean
  @Order(4)
  SecurityFilterChain pagesChain(HttpSecurity http) throws Exception {
    http.csrf(SecurityConfiguration::csrf)
        .formLogin(
            f -> f.loginPage("/login").defaultSuccessUrl("/", false).failureUrl("/login?failed"))
        .logout(
            l ->
                l.logoutRequestMatcher(PATHS.matcher(HttpMethod.POST, "/logout"))
                    .logoutSuccessUrl("/login?out")
                    .deleteCookies(SESSION_COOKIE))
        .authorizeHttpRequests(
            r ->
                r.requestMatchers(
                        PATHS.matcher("/login"),
                        PATHS.matcher("/assets/**"),
                        PATHS.matcher(HttpMethod.GET, "/reply/*"),
                        PATHS.matcher("/error"))
                    .permitAll()
                    .anyRequest()
                    .hasAnyAuthority(STAFF));
    ownHeaders(http);
    return common(http).build();
  }

  /** Hands the login over to Cockpit, Tasklist and Admin; after Spring Security's filters. */
  @Bean
  FilterRegistrationBean<ContainerBasedAuthenticationFilter> webApplicationLogin() {
    var filter = new FilterRegistrationBean<>(new ContainerBasedAuthenticationFilter());
    filter.setInitParameters(
        Map.of("authentication-provider", WebApplicationLogin.class.getName()));
    filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
    filter.setOrder(201);
    return filter;
  }

  /** Over HTTPS the session's cookie is never sent in the clear. */
  @Bean
  ServletContextInitializer sessionCookie() {
    boolean secure = "https".equals(settings.baseUrl().getScheme());
    return context -> context.getSessionCookieConfig().setSecure(secure);
  }

  private HttpSecurity programs(HttpSecurity http) throws Exception {
    http.httpBasic(b -> b.authenticationEntryPoint(refusals))
        .addFilterBefore(
            new WorkerTokenFilter(settings, refusals), BasicAuthenticationFilter.class);
    ownHeaders(http);
    return common(http);
  }

  private static void ownHeaders(HttpSecurity http) throws Exception {
    http.headers(
        h ->
            h.contentSecurityPolicy(p -> p.policyDirectives(CONTENT_POLICY))
                .frameOptions(FrameOptionsConfig::sameOrigin)
                .referrerPolicy(p -> p.policy(ReferrerPolicy.SAME_ORIGIN)));
  }

  private HttpSecurity common(HttpSecurity http) throws Exception {
    return http.authenticationProvider(passwords)
        .exceptionHandling(e -> e.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .addFilterAfter(new CrossSiteFilter(problems), SecurityContextHolderFilter.class)
        .addFilterBefore(new CallerFilter(identities, engine), AuthorizationFilter.class);
  }

  private static CsrfConfigurer<HttpSecurity> csrf(CsrfConfigurer<HttpSecurity> csrf) {
    CookieCsrfTokenRepository cookie = CookieCsrfTokenRepository.withHttpOnlyFalse();
    // Not XSRF-TOKEN: that one belongs to the engine's web applications.
    cookie.setCookieName("CHANNELWISE_CSRF");
    cookie.setHeaderName("X-CSRF-TOKEN");
    cookie.setCookiePath("/");
    cookie.setCookieCustomizer(c -> c.sameSite("Lax"));
    CsrfTokenRequestAttributeHandler handler = new CsrfTokenRequestAttributeHandler();
    // Read at once, so that the first page a browser opens sets the cookie.
    handler.setCsrfRequestAttributeName(null);
    return csrf.csrfTokenRepository(cookie)
        .csrfTokenRequestHandler(handler)
        .ignoringRequestMatchers(PARTNER_REPLY);
  }

  /** A token protects sessions; a program that sends its credentials each time needs none. */
  private static boolean bringsCredentials(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.matches("(?i)(basic|bearer) .+");
  }

  /** A form inside Tasklist may send the token that the web application gave its session. */
  private static boolean bringsTasklistToken(HttpServletRequest request) {
    String header = request.getHeader(CsrfConstants.CSRF_TOKEN_HEADER_NAME);
    HttpSession session = request.getSession(false);
    return header != null
        && session != null
        && session.getAttribute(CsrfConstants.CSRF_TOKEN_SESSION_ATTR_NAME) instanceof String token
        && MessageDigest.isEqual(
            header.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }
}
