package io.channelwise.server.security;

import io.channelwise.server.engine.Groups;
import io.channelwise.server.web.ApiException;
import java.util.Arrays;
import org.springframework.http.HttpStatus;

/** Checks of who may do what on our API; administrators may do everything. */
public final class Roles {
  private Roles() {}

  /**
   * @throws ApiException 403 that names the groups that may
   */
  public static void require(Account account, String... groups) {
    boolean allowed =
        account.isIn(Groups.ADMINISTRATORS) || Arrays.stream(groups).anyMatch(account::isIn);
    if (!allowed) {
      throw new ApiException(
          HttpStatus.FORBIDDEN, "group-needed", String.join(", ", groups), Groups.ADMINISTRATORS);
    }
  }
}
