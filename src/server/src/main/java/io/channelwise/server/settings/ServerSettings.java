package io.channelwise.server.settings;

import java.net.URI;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.ConstructorBinding;

/**
 * The server's settings under {@code channelwise}. Each secret may also be given as {@code …-file},
 * the path of a file that holds it.
 *
 * <p>Immutable and thread-safe.
 */
@ConfigurationProperties("channelwise")
public final class ServerSettings {
  private static final int ENGINE_CONNECTIONS = 20;
  private static final int DOMAIN_CONNECTIONS = 12;

  private final DatabaseSettings engine;
  private final DatabaseSettings domain;
  private final DatabaseSettings domainOwner;
  private final String workerToken;
  private final String adminPassword;
  private final String linkSecret;
  private final URI baseUrl;
  private final URI inferenceUrl;
  private final String inferenceToken;

  /**
   * @throws SettingsException with everything that is wrong
   */
  @ConstructorBinding
  public ServerSettings(
      DatabaseSettings.Raw engine,
      DatabaseSettings.Raw domain,
      String workerToken,
      String workerTokenFile,
      String adminPassword,
      String adminPasswordFile,
      String linkSecret,
      String linkSecretFile,
      String baseUrl,
      String inferenceUrl,
      String inferenceToken,
      String inferenceTokenFile) {
    Problems problems = new Problems();
    DatabaseSettings.Raw domainRaw = domain == null ? DatabaseSettings.Raw.EMPTY : domain;
    this.engine =
        DatabaseSettings.of(
            problems,
            "channelwise.engine",
            engine == null ? DatabaseSettings.Raw.EMPTY : engine,
            ENGINE_CONNECTIONS);
    this.domain =
        DatabaseSettings.of(problems, "channelwise.domain", domainRaw, DOMAIN_CONNECTIONS);
    this.domainOwner = owner(problems, this.domain, domainRaw);
    this.workerToken =
        problems.requiredSecret("channelwise.worker-token", workerToken, workerTokenFile, 16);
    this.adminPassword =
        problems.secret("channelwise.admin-password", adminPassword, adminPasswordFile, 8);
    this.linkSecret =
        problems.requiredSecret("channelwise.link-secret", linkSecret, linkSecretFile, 16);
    this.baseUrl =
        problems.httpUrl(
            "channelwise.base-url", baseUrl == null ? "http://127.0.0.1:8080" : baseUrl);
    this.inferenceUrl =
        inferenceUrl == null || inferenceUrl.isBlank()
            ? null
            : problems.httpUrl("channelwise.inference-url", inferenceUrl);
    this.inferenceToken =
        problems.secret("channelwise.inference-token", inferenceToken, inferenceTokenFile, 16);
    if (this.inferenceUrl != null && this.inferenceToken == null) {
      problems.add(
          "channelwise.inference-token is missing; expected, as channelwise.inference-url is set.");
    }
    problems.throwIfAny();
  }

  private static DatabaseSettings owner(
      Problems problems, DatabaseSettings domain, DatabaseSettings.Raw raw) {
    if (raw.ownerUsername() == null || raw.ownerUsername().isBlank()) {
      // One account for both: a trial. In production the owner alone may change tables.
      return domain;
    }
    String password =
        problems.secret(
            "channelwise.domain.owner-password", raw.ownerPassword(), raw.ownerPasswordFile(), 0);
    return new DatabaseSettings(
        domain.jdbcUrl(), raw.ownerUsername(), DatabaseSettings.orEmpty(password), 2);
  }

  /** Owner of the schema {@code camunda}. */
  public DatabaseSettings engine() {
    return engine;
  }

  /** May read and write rows of the schema {@code channelwise}, not change its tables. */
  public DatabaseSettings domain() {
    return domain;
  }

  /** Owner of the schema {@code channelwise}; migrates it at the start. */
  public DatabaseSettings domainOwner() {
    return domainOwner;
  }

  public String workerToken() {
    return workerToken;
  }

  /** Needed at the first start only, when there is no administrator yet. */
  public Optional<String> adminPassword() {
    return Optional.ofNullable(adminPassword);
  }

  public String linkSecret() {
    return linkSecret;
  }

  /** Where users and partners reach the server. */
  public URI baseUrl() {
    return baseUrl;
  }

  public Optional<URI> inferenceUrl() {
    return Optional.ofNullable(inferenceUrl);
  }

  public String inferenceToken() {
    return DatabaseSettings.orEmpty(inferenceToken);
  }

  @Override
  public String toString() {
    return "engine=[%s] domain=[%s] owner=%s base-url=%s inference-url=%s (secrets not shown)"
        .formatted(engine, domain, domainOwner.username(), baseUrl, inferenceUrl);
  }
}
