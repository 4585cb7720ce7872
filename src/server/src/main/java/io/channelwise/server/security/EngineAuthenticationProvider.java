package io.channelwise.server.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** User and password, from the form or HTTP Basic, checked with the engine. Thread-safe. */
@Component
class EngineAuthenticationProvider implements AuthenticationProvider {
  /** Authority of everybody who logged in with a password; the workers' token does not give it. */
  static final String PERSON = "PERSON";

  private final Identities identities;

  EngineAuthenticationProvider(Identities identities) {
    this.identities = identities;
  }

  @Override
  public Authentication authenticate(Authentication authentication) {
    String user = authentication.getName() == null ? "" : authentication.getName().strip();
    Object password = authentication.getCredentials();
    return identities
        .login(user, password == null ? "" : password.toString())
        .map(account -> new AccountAuthentication(account, PERSON))
        .orElseThrow(
            () ->
                new BadCredentialsException(
                    "User or password is wrong, or the user is locked for a while after several attempts."));
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
