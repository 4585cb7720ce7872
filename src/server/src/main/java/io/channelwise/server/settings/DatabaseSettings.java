package io.channelwise.server.settings;

/**
 * One account on one PostgreSQL database.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}
 * @param poolSize connections at most
 */
public record DatabaseSettings(String jdbcUrl, String username, String password, int poolSize) {

  static DatabaseSettings of(Problems problems, String prefix, Raw raw, int poolSize) {
    String url =
        problems.required(
            prefix + ".jdbc-url", raw.jdbcUrl(), "jdbc:postgresql://host:5432/channelwise");
    if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
      problems.add(
          "%s.jdbc-url is %s; expected a URL that starts with jdbc:postgresql:, the only database supported."
              .formatted(prefix, url));
    }
    return new DatabaseSettings(
        url,
        problems.required(prefix + ".username", raw.username(), "the name of a database role"),
        // PostgreSQL may trust local connections: an empty password is the operator's choice.
        orEmpty(problems.secret(prefix + ".password", raw.password(), raw.passwordFile(), 0)),
        problems.between(prefix + ".pool-size", raw.poolSize(), 2, 200, poolSize));
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  @Override
  public String toString() {
    return "url=%s username=%s pool=%d".formatted(jdbcUrl, username, poolSize);
  }

  /** As written by the operator. */
  public record Raw(
      String jdbcUrl,
      String username,
      String password,
      String passwordFile,
      Integer poolSize,
      String ownerUsername,
      String ownerPassword,
      String ownerPasswordFile) {

    static final Raw EMPTY = new Raw(null, null, null, null, null, null, null, null);
  }
}
