package io.channelwise.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Real PostgreSQL for tests: one server a JVM, one fresh database with our schema a call.
 * Thread-safe.
 */
public final class TestDatabase {
  private static EmbeddedPostgres server;

  private TestDatabase() {}

  /** A fresh database, migrated, {@code channelwise} on the search path. */
  public static HikariDataSource create() {
    HikariDataSource dataSource = empty();
    migrate(dataSource);
    return dataSource;
  }

  /** A fresh database without any table. */
  public static synchronized HikariDataSource empty() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    try (var connection = server().getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Could not create the test database " + name, e);
    }
    HikariDataSource dataSource = new HikariDataSource();
    dataSource.setJdbcUrl(
        server().getJdbcUrl("postgres", name) + "&currentSchema=channelwise,public");
    dataSource.setMaximumPoolSize(8);
    return dataSource;
  }

  public static void migrate(DataSource dataSource) {
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("channelwise")
        .defaultSchema("channelwise")
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  private static EmbeddedPostgres server() {
    if (server == null) {
      try {
        server = EmbeddedPostgres.builder().start();
      } catch (IOException e) {
        throw new IllegalStateException("The embedded PostgreSQL for tests did not start", e);
      }
    }
    return server;
  }
}
