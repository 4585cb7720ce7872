package io.channelwise.server.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

/** An {@link Account} that proved itself; its groups are its authorities. */
final class AccountAuthentication extends AbstractAuthenticationToken {
  private final Account account;

  AccountAuthentication(Account account, String... furtherAuthorities) {
    super(AuthorityUtils.createAuthorityList(authorities(account, furtherAuthorities)));
    this.account = account;
    setAuthenticated(true);
  }

  private static java.util.List<String> authorities(Account account, String[] further) {
    var all = new java.util.ArrayList<>(account.groups());
    all.addAll(java.util.List.of(further));
    return all;
  }

  @Override
  public Object getCredentials() {
    return "";
  }

  @Override
  public Account getPrincipal() {
    return account;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountAuthentication that && super.equals(that);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
