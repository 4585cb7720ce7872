package io.channelwise.server.security;

import io.channelwise.server.engine.Accounts;
import io.channelwise.server.engine.EngineAccess;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/**
 * Checks passwords with the engine, which delays and locks after repeated failures, and remembers
 * what was right for a short time: HTTP Basic would otherwise check password and groups in the
 * database on each request.
 *
 * <p>Passwords are remembered as a keyed hash whose key lives in this process only. Thread-safe.
 */
@Component
class Identities {
  private static final Duration REMEMBERED = Duration.ofMinutes(2);
  private static final int ENTRIES_MAX = 1000;
  private static final String HASH = "HmacSHA256";

  private final IdentityService identity;
  private final EngineAccess engine;
  private final Clock clock;
  private final SecretKeySpec key;
  private final Map<String, Entry> remembered = new LinkedHashMap<>();

  private record Entry(Optional<Account> account, Instant until) {}

  Identities(IdentityService identity, EngineAccess engine, Clock clock) {
    this.identity = identity;
    this.engine = engine;
    this.clock = clock;
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, HASH);
  }

  /** The account when the password is right and the user is not locked. */
  Optional<Account> login(String userId, String password) {
    if (userId.isEmpty() || userId.equals(Accounts.WORKER)) {
      return Optional.empty();
    }
    return remember("p/" + hash(userId, password), () -> check(userId, password), false);
  }

  /** The user as the engine knows it now, at most two minutes old; empty when deleted. */
  Optional<Account> find(String userId) {
    return remember("u/" + userId, () -> engine.asServer(() -> load(userId)), true);
  }

  private Optional<Account> check(String userId, String password) {
    return engine.asServer(
        () -> identity.checkPassword(userId, password) ? load(userId) : Optional.empty());
  }

  private Optional<Account> load(String userId) {
    User user = identity.createUserQuery().userId(userId).singleResult();
    if (user == null) {
      return Optional.empty();
    }
    List<String> groups =
        identity.createGroupQuery().groupMember(userId).list().stream().map(Group::getId).toList();
    String name =
        "%s %s".formatted(nullToEmpty(user.getFirstName()), nullToEmpty(user.getLastName()));
    return Optional.of(new Account(userId, name.isBlank() ? userId : name.strip(), groups));
  }

  private Optional<Account> remember(
      String entryKey, Supplier<Optional<Account>> load, boolean absentToo) {
    Instant now = clock.instant();
    synchronized (remembered) {
      Entry entry = remembered.get(entryKey);
      if (entry != null && now.isBefore(entry.until())) {
        return entry.account();
      }
    }
    Optional<Account> account = load.get();
    synchronized (remembered) {
      if (account.isPresent() || absentToo) {
        remembered.remove(entryKey);
        remembered.put(entryKey, new Entry(account, now.plus(REMEMBERED)));
        var oldest = remembered.entrySet().iterator();
        while (remembered.size() > ENTRIES_MAX && oldest.hasNext()) {
          oldest.next();
          oldest.remove();
        }
      }
    }
    return account;
  }

  private String hash(String userId, String password) {
    try {
      Mac mac = Mac.getInstance(HASH);
      mac.init(key);
      mac.update(userId.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This JVM has no " + HASH, e);
    }
  }

  private static String nullToEmpty(String text) {
    return text == null ? "" : text;
  }
}
