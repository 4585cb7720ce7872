package io.channelwise.server.engine;

import static org.camunda.bpm.engine.authorization.Permissions.ACCESS;
import static org.camunda.bpm.engine.authorization.Permissions.ALL;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE;
import static org.camunda.bpm.engine.authorization.Permissions.CREATE_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.READ;
import static org.camunda.bpm.engine.authorization.Permissions.READ_HISTORY;
import static org.camunda.bpm.engine.authorization.Permissions.READ_INSTANCE;
import static org.camunda.bpm.engine.authorization.Permissions.UPDATE_INSTANCE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.springframework.stereotype.Component;

/**
 * The staff's groups and what each may do. Tasks need no grant: the engine lets a candidate group
 * see and do its tasks. Thread-safe.
 */
@Component
public class Groups {
  public static final String ADMINISTRATORS = "camunda-admin";
  public static final String GTM_LEAD = "gtm-lead";
  public static final String CHANNEL_MANAGER = "channel-manager";
  public static final String FINANCE = "finance";
  public static final String SUPPORT_AGENT = "support-agent";
  public static final String ML_ENGINEER = "ml-engineer";

  private static final Map<String, String> NAMES =
      Map.of(
          GTM_LEAD, "Go-to-market lead 上市负责人",
          CHANNEL_MANAGER, "Channel manager 渠道经理",
          FINANCE, "Finance 财务",
          SUPPORT_AGENT, "Support agent 客服",
          ML_ENGINEER, "ML engineer 算法工程师");

  /** Processes that a group may start and send messages to. */
  private static final Map<String, String> OWN_PROCESS =
      Map.of(
          GTM_LEAD, "go-to-market",
          CHANNEL_MANAGER, "channel-negotiation",
          SUPPORT_AGENT, "support-ticket",
          ML_ENGINEER, "model-training");

  private final IdentityService identity;
  private final AuthorizationService authorizations;

  Groups(IdentityService identity, AuthorizationService authorizations) {
    this.identity = identity;
    this.authorizations = authorizations;
  }

  /** The staff's groups, the administrators' not among them. */
  public static List<String> staff() {
    return NAMES.keySet().stream().sorted().toList();
  }

  /** Creates the groups that are missing, with their grants; leaves the others as they are. */
  void create() {
    createAdministrators();
    NAMES.forEach(
        (id, name) -> {
          if (identity.createGroupQuery().groupId(id).count() == 0) {
            createGroup(id, name, "CHANNELWISE");
            grants(id).forEach(grant -> grant(grant, id, null));
          }
        });
  }

  /** Gives the worker's account what external tasks need and no more. */
  void grantExternalTasks(String userId) {
    boolean granted =
        authorizations
                .createAuthorizationQuery()
                .userIdIn(userId)
                .resourceType(Resources.PROCESS_DEFINITION)
                .count()
            > 0;
    if (!granted) {
      grant(
          new Grant(
              Resources.PROCESS_DEFINITION,
              Authorization.ANY,
              List.of(READ_INSTANCE, UPDATE_INSTANCE)),
          null,
          userId);
    }
  }

  private void createAdministrators() {
    if (identity.createGroupQuery().groupId(ADMINISTRATORS).count() == 0) {
      createGroup(ADMINISTRATORS, "Administrators 管理员", "SYSTEM");
    }
    for (Resource resource : Resources.values()) {
      boolean granted =
          authorizations
                  .createAuthorizationQuery()
                  .groupIdIn(ADMINISTRATORS)
                  .resourceType(resource)
                  .resourceId(Authorization.ANY)
                  .count()
              > 0;
      if (!granted) {
        grant(new Grant(resource, Authorization.ANY, List.of(ALL)), ADMINISTRATORS, null);
      }
    }
  }

  private void createGroup(String id, String name, String type) {
    var group = identity.newGroup(id);
    group.setName(name);
    group.setType(type);
    identity.saveGroup(group);
  }

  private record Grant(Resource resource, String resourceId, List<Permission> permissions) {}

  private static List<Grant> grants(String groupId) {
    List<Grant> grants = new ArrayList<>();
    for (String application : List.of("tasklist", "welcome", "cockpit")) {
      grants.add(new Grant(Resources.APPLICATION, application, List.of(ACCESS)));
    }
    // All staff see where campaigns stand; who may change something is narrower.
    grants.add(
        new Grant(
            Resources.PROCESS_DEFINITION,
            Authorization.ANY,
            List.of(READ, READ_INSTANCE, READ_HISTORY)));
    grants.add(
        new Grant(Resources.DECISION_DEFINITION, Authorization.ANY, List.of(READ, READ_HISTORY)));
    String ownProcess = OWN_PROCESS.get(groupId);
    if (ownProcess != null) {
      grants.add(new Grant(Resources.PROCESS_INSTANCE, Authorization.ANY, List.of(CREATE)));
      grants.add(
          new Grant(
              Resources.PROCESS_DEFINITION, ownProcess, List.of(CREATE_INSTANCE, UPDATE_INSTANCE)));
    }
    return grants;
  }

  private void grant(Grant grant, String groupId, String userId) {
    Authorization authorization =
        authorizations.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
    authorization.setGroupId(groupId);
    if (groupId == null) {
      authorization.setUserId(userId);
    }
    authorization.setResource(grant.resource());
    authorization.setResourceId(grant.resourceId());
    grant.permissions().forEach(authorization::addPermission);
    authorizations.saveAuthorization(authorization);
  }
}
