package io.channelwise.server.engine;

import io.channelwise.server.settings.ServerSettings;
import io.channelwise.server.settings.SettingsException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.camunda.bpm.engine.IdentityService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The administrator of the first start and the workers' account. No password is built in. */
@Component
public class Accounts {
  public static final String ADMINISTRATOR = "admin";
  public static final String WORKER = "channelwise-worker";

  private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);
  private static final int RANDOM_BYTES = 48;

  private final IdentityService identity;
  private final Groups groups;
  private final ServerSettings settings;

  Accounts(IdentityService identity, Groups groups, ServerSettings settings) {
    this.identity = identity;
    this.groups = groups;
    this.settings = settings;
  }

  /**
   * @throws SettingsException when there is no administrator and no password for one
   */
  void create() {
    if (identity.createUserQuery().memberOfGroup(Groups.ADMINISTRATORS).count() == 0) {
      createAdministrator();
    }
    if (identity.createUserQuery().userId(WORKER).count() == 0) {
      // Workers come with the token; nobody ever learns this password.
      byte[] random = new byte[RANDOM_BYTES];
      new SecureRandom().nextBytes(random);
      createUser(WORKER, "Channelwise", "Workers", Base64.getEncoder().encodeToString(random));
    }
    groups.grantExternalTasks(WORKER);
  }

  private void createAdministrator() {
    String password =
        settings
            .adminPassword()
            .orElseThrow(
                () ->
                    new SettingsException(
                        List.of(
                            "channelwise.admin-password is missing and there is no administrator yet; set it, or channelwise.admin-password-file, for the first start.")));
    if (password.equalsIgnoreCase(ADMINISTRATOR)) {
      throw new SettingsException(
          List.of("channelwise.admin-password is the user's name; expected one nobody guesses."));
    }
    if (identity.createUserQuery().userId(ADMINISTRATOR).count() == 0) {
      createUser(ADMINISTRATOR, "Channelwise", "Administrator", password);
    }
    identity.createMembership(ADMINISTRATOR, Groups.ADMINISTRATORS);
    LOG.info("administrator created user={}", ADMINISTRATOR);
  }

  private void createUser(String id, String firstName, String lastName, String password) {
    var user = identity.newUser(id);
    user.setFirstName(firstName);
    user.setLastName(lastName);
    user.setPassword(password);
    identity.saveUser(user);
  }
}
