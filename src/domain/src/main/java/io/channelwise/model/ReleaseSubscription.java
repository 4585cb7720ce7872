package io.channelwise.model;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of each release from PostgreSQL, on a connection and a daemon thread of its own, until
 * closed. A broken connection is opened again after a pause; a release in between is not told, so
 * users check the registry at the next request too.
 */
public final class ReleaseSubscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReleaseSubscription.class);
  private static final String LISTEN = "listen " + ModelRegistry.RELEASED_CHANNEL;

  /** How long a closed subscription may go on, and the pause after an error. */
  private static final int WAIT_MILLIS = 1_000;

  private final DataSource dataSource;
  private final Consumer<String> onRelease;
  private final Thread thread;
  private final CountDownLatch listening = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * Starts listening.
   *
   * @param onRelease gets the model's name; called on the subscription's thread
   */
  public ReleaseSubscription(DataSource dataSource, Consumer<String> onRelease) {
    this.dataSource = dataSource;
    this.onRelease = onRelease;
    this.thread = new Thread(this::run, "channelwise-releases");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for the first connection; returns whether it is there. */
  public boolean awaitListening(Duration atMost) throws InterruptedException {
    return listening.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        listen(connection);
      } catch (SQLException e) {
        if (!closed) {
          LOG.warn("releases are not heard, trying again cause={}", e.toString());
          pause();
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute(LISTEN);
    }
    listening.countDown();
    PGConnection postgres = connection.unwrap(PGConnection.class);
    while (!closed) {
      PGNotification[] notifications = postgres.getNotifications(WAIT_MILLIS);
      for (int i = 0; notifications != null && i < notifications.length; i++) {
        tell(notifications[i].getParameter());
      }
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("unlisten *");
    }
  }

  private void tell(String modelName) {
    try {
      onRelease.accept(modelName);
    } catch (RuntimeException e) {
      LOG.warn("release not taken up yet model={} cause={}", modelName, e.toString());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(5L * WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
