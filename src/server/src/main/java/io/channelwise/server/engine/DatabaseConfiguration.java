package io.channelwise.server.engine;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.domain.DomainConfiguration;
import io.channelwise.server.settings.DatabaseSettings;
import io.channelwise.server.settings.ServerSettings;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Two pools on PostgreSQL: one for the engine's schema {@code camunda}, one for our schema {@code
 * channelwise}. Ours is migrated by its owner before anything uses it.
 */
@Configuration(proxyBeanMethods = false)
@Import(DomainConfiguration.class)
class DatabaseConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseConfiguration.class);
  private static final String ENGINE_SCHEMA = "camunda";
  private static final String DOMAIN_SCHEMA = "channelwise";

  private static final String FIND_SCHEMA =
      """
      select count(*)
        from pg_namespace
       where nspname = :name
      """;

  private static final String CREATE_ENGINE_SCHEMA =
      """
      create schema if not exists camunda
      """;

  @Bean(destroyMethod = "close")
  @Primary
  HikariDataSource camundaBpmDataSource(ServerSettings settings) {
    LOG.info("settings {}", settings);
    HikariDataSource pool = pool("engine", settings.engine(), ENGINE_SCHEMA);
    createEngineSchema(pool);
    return pool;
  }

  @Bean
  @Primary
  PlatformTransactionManager camundaBpmTransactionManager(
      @Qualifier("camundaBpmDataSource") DataSource dataSource) {
    return new DataSourceTransactionManager(dataSource);
  }

  @Bean(destroyMethod = "close")
  HikariDataSource domainDataSource(ServerSettings settings) {
    migrate(settings.domainOwner());
    return pool("domain", settings.domain(), DOMAIN_SCHEMA + ",public");
  }

  private static HikariDataSource pool(String name, DatabaseSettings settings, String searchPath) {
    HikariDataSource pool = new HikariDataSource();
    pool.setPoolName(name);
    pool.setJdbcUrl(settings.jdbcUrl());
    pool.setUsername(settings.username());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setMinimumIdle(Math.min(2, settings.poolSize()));
    pool.addDataSourceProperty("currentSchema", searchPath);
    pool.addDataSourceProperty("ApplicationName", "channelwise-server-" + name);
    // A batch of inserts becomes one statement: a third of the engine's statements.
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    return pool;
  }

  private static void createEngineSchema(DataSource dataSource) {
    JdbcClient jdbc = JdbcClient.create(dataSource);
    boolean present =
        jdbc.sql(FIND_SCHEMA).param("name", ENGINE_SCHEMA).query(Long.class).single() > 0;
    if (!present) {
      jdbc.sql(CREATE_ENGINE_SCHEMA).update();
      LOG.info("engine schema created name={}", ENGINE_SCHEMA);
    }
  }

  private static void migrate(DatabaseSettings owner) {
    var result =
        Flyway.configure()
            .dataSource(owner.jdbcUrl(), owner.username(), owner.password())
            .schemas(DOMAIN_SCHEMA)
            .defaultSchema(DOMAIN_SCHEMA)
            .locations("classpath:db/migration")
            .load()
            .migrate();
    LOG.info(
        "schema migrated name={} migrations={} version={}",
        DOMAIN_SCHEMA,
        result.migrationsExecuted,
        result.targetSchemaVersion);
  }
}
