package io.channelwise.server.security;

import java.io.Serializable;
import java.security.Principal;
import java.util.List;

/**
 * Who is logged in.
 *
 * @param id user id in the engine
 * @param groups ids of the groups at the time of the check
 */
public record Account(String id, String displayName, List<String> groups)
    implements Principal, Serializable {

  public Account {
    groups = List.copyOf(groups);
  }

  @Override
  public String getName() {
    return id;
  }

  public boolean isIn(String group) {
    return groups.contains(group);
  }
}
