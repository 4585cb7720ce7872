package io.channelwise.server.engine;

import io.channelwise.domain.DomainConfiguration;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets one thread of one server of the cluster through at a time, by a PostgreSQL advisory lock
 * that ends with its connection, so that a killed server holds nothing. Thread-safe.
 */
@Component
public class ClusterLock {
  private static final String LOCK =
      """
      select pg_advisory_xact_lock(hashtextextended(:name, 0))
      """;

  private final JdbcClient jdbc;
  private final TransactionTemplate ownTransaction;

  ClusterLock(
      JdbcClient jdbc,
      @Qualifier(DomainConfiguration.DOMAIN_TRANSACTIONS) PlatformTransactionManager manager) {
    this.jdbc = jdbc;
    ownTransaction = new TransactionTemplate(manager);
    ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Runs the work while holding the lock; waits for it without limit. */
  public <T> T hold(String name, Supplier<T> work) {
    return ownTransaction.execute(
        status -> {
          jdbc.sql(LOCK)
              .param("name", "channelwise-server/" + name)
              .query((row, number) -> 1)
              .single();
          return work.get();
        });
  }
}
