package io.channelwise.bench.market;

import com.zaxxer.hikari.HikariDataSource;
import io.channelwise.bench.BenchContext;
import io.channelwise.campaign.CampaignService;
import io.channelwise.campaign.NewCampaign;
import io.channelwise.domain.DomainConfiguration;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The embedded PostgreSQL with our schema and services, as durable as in use (fsync), and one
 * campaign of 20 channels. Its files are gone when it is closed.
 */
final class MarketDatabase implements AutoCloseable {
  static final String CAMPAIGN = "bench-campaign";

  private final EmbeddedPostgres server;
  private final HikariDataSource dataSource = new HikariDataSource();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  private MarketDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  static MarketDatabase start(BenchContext bench) {
    try {
      Path folder = bench.work("postgres");
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setOverrideWorkingDirectory(folder.toFile())
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .setServerConfig("max_wal_size", "4GB")
              .start();
      MarketDatabase database = new MarketDatabase(server);
      database.prepare();
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL did not start.", e);
    }
  }

  private void prepare() {
    dataSource.setJdbcUrl(
        server.getJdbcUrl("postgres", "postgres") + "&currentSchema=channelwise,public");
    Flyway.configure()
        .dataSource(dataSource)
        .schemas("channelwise")
        .defaultSchema("channelwise")
        .locations("classpath:db/migration")
        .load()
        .migrate();
    context.registerBean("domainDataSource", HikariDataSource.class, () -> dataSource);
    context.register(DomainConfiguration.class);
    context.refresh();
    bean(CampaignService.class)
        .create(
            NewCampaign.parse(
                """
                {"key":"%s","name":"bench","company":"bench","product":"bench",
                 "promotionBudget":1,"currency":"CNY"}"""
                    .formatted(CAMPAIGN)));
    for (String channel : SyntheticEvents.channels()) {
      execute(
          """
          insert into channel (campaign_key, channel, kind, reach, fixed_cost, revenue_share)
          values ('%s', '%s', 'partner', 1000, 0, 0)
          """
              .formatted(CAMPAIGN, channel));
    }
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  void execute(String... statements) {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The benchmark's database refused a statement.", e);
    }
  }

  /** Rows that a query gives, read to the last. */
  long rows(String sql) {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement();
        var result = statement.executeQuery(sql)) {
      long rows = 0;
      while (result.next()) {
        rows++;
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("The benchmark's database refused a query.", e);
    }
  }

  /** What psql sends for a {@code \copy … from}, by the same protocol. */
  long copy(String sql, InputStream in) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The benchmark's database refused a COPY.", e);
    }
  }

  /** Fills the table of events past its checks, which are not what is measured here. */
  void fill(SyntheticEvents events) {
    execute("drop index event_by_channel");
    for (String block = events.block(); block != null; block = events.block()) {
      copyBlock(block);
    }
    execute(
        "create index event_by_channel on event (campaign_key, channel, occurred_at)",
        """
        insert into event_count (campaign_key, channel, segment, type, events)
        select campaign_key, channel, segment, type, count(*)
          from event
         group by campaign_key, channel, segment, type
        """,
        "vacuum analyze event");
  }

  private void copyBlock(String block) {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("set session_replication_role = replica");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              """
              copy event (campaign_key, event_id, user_ref, segment, channel, type, occurred_at,
                          revenue, cost)
              from stdin with (format csv)
              """,
              new ByteArrayInputStream(block.getBytes(StandardCharsets.UTF_8)));
      statement.execute("set session_replication_role = origin");
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("The benchmark's events could not be stored.", e);
    }
  }

  @Override
  public void close() {
    context.close();
    dataSource.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL did not stop.", e);
    }
  }
}
