package io.channelwise.launcher.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded PostgreSQL of a trial: real, durable, on 127.0.0.1, with passwords.
 *
 * <p>The library behind it is made for tests; here it keeps its data, syncs to disk, asks for scram
 * passwords, stops an orphan left by a killed launcher before it starts, and comes back on the same
 * port when the server process dies. Thread-safe.
 */
public final class LocalDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalDatabase.class);
  private static final String DATABASE = "channelwise";
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int RESTARTS_TRIED = 20;
  private static final List<String> ROLES =
      List.of("channelwise_engine", "channelwise_owner", "channelwise_app");

  private final DataFolder folder;
  private EmbeddedPostgres server;
  private boolean closed;

  private LocalDatabase(DataFolder folder) {
    this.folder = folder;
  }

  /** Starts the server, creating roles, database and schemas at the first start. */
  public static LocalDatabase start(DataFolder folder) {
    LocalDatabase database = new LocalDatabase(folder);
    stopOrphan(database.dataDirectory());
    database.startServer(0);
    database.prepare();
    return database;
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?reWriteBatchedInserts=true"
        .formatted(port(), DATABASE);
  }

  public synchronized int port() {
    return server.getPort();
  }

  /** The password of one of our roles, e.g. {@code channelwise_app}. */
  public String password(String role) {
    return folder.secret("database-" + role);
  }

  public Path passwordFile(String role) {
    return folder.secretFile("database-" + role);
  }

  private Path dataDirectory() {
    return folder.root().resolve("postgres");
  }

  private synchronized void startServer(int port) {
    Path superuserPassword = folder.secretFile("database-postgres");
    var log =
        ProcessBuilder.Redirect.appendTo(folder.folder("logs").resolve("postgres.log").toFile());
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(dataDirectory())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setOverrideWorkingDirectory(folder.folder("postgres-binaries").toFile())
            .setPGStartupWait(START_LIMIT)
            .setLocaleConfig("auth-host", "scram-sha-256")
            .setLocaleConfig("auth-local", "scram-sha-256")
            .setLocaleConfig("pwfile", superuserPassword.toAbsolutePath().toString())
            .setConnectConfig("password", folder.secret("database-postgres"))
            .setServerConfig("listen_addresses", "127.0.0.1")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("password_encryption", "scram-sha-256")
            .setServerConfig("max_connections", "100")
            .setOutputRedirector(log)
            .setErrorRedirector(log);
    if (port > 0) {
      builder.setPort(port);
    }
    try {
      server = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded PostgreSQL did not start; its log is "
              + folder.root()
              + "/logs/postgres.log",
          e);
    }
    // The library's own process is pg_ctl, which has done its work; the server's id is in its file.
    serverProcess(dataDirectory())
        .orElseThrow(() -> new IllegalStateException("PostgreSQL ended right after its start"))
        .onExit()
        .thenRun(this::revive);
  }

  /** Called when the server process ended: unless we closed it, starts it again on its port. */
  private void revive() {
    synchronized (this) {
      if (closed) {
        return;
      }
      int port = server.getPort();
      LOG.warn("PostgreSQL ended unexpectedly; starting it again on port {}", port);
      releaseDead();
      for (int attempt = 1; attempt <= RESTARTS_TRIED; attempt++) {
        try {
          stopOrphan(dataDirectory());
          startServer(port);
          LOG.warn("PostgreSQL is back on port {}", port);
          return;
        } catch (RuntimeException e) {
          LOG.warn("PostgreSQL did not come back (attempt {} of {})", attempt, RESTARTS_TRIED, e);
          if (!pause(Duration.ofMillis(500L))) {
            return;
          }
        }
      }
      LOG.error(
          "PostgreSQL could not be started again; see {}/logs/postgres.log, then start channelwise"
              + " anew",
          folder.root());
    }
  }

  private void releaseDead() {
    try {
      server.close();
    } catch (IOException | RuntimeException e) {
      LOG.debug("Closing the dead PostgreSQL", e);
    }
  }

  private boolean pause(Duration duration) {
    try {
      wait(duration.toMillis());
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void prepare() {
    var superuser = Map.of("password", folder.secret("database-postgres"));
    try {
      try (Connection connection = server.getPostgresDatabase(superuser).getConnection();
          var statement = connection.createStatement();
          var found =
              statement.executeQuery(
                  "select 1 from pg_database where datname = '" + DATABASE + "'")) {
        if (!found.next()) {
          try (var create = connection.createStatement()) {
            create.execute("create database " + DATABASE);
          }
        }
      }
      try (Connection connection =
              server.getDatabase("postgres", DATABASE, superuser).getConnection();
          var statement = connection.createStatement()) {
        statement.execute(schemas());
        for (String role : ROLES) {
          // Our own base64url text: no quote can be in it.
          statement.execute("alter role %s password '%s'".formatted(role, password(role)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The database in %s could not be prepared: %s".formatted(dataDirectory(), e.getMessage()),
          e);
    }
  }

  private static String schemas() {
    try (InputStream in = LocalDatabase.class.getResourceAsStream("/postgres/schemas.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("postgres/schemas.sql is not on the class path", e);
    }
  }

  /**
   * Stops a server that a killed launcher left behind; one that is not a postgres of this data
   * folder is never touched.
   */
  static void stopOrphan(Path dataDirectory) {
    serverProcess(dataDirectory)
        .ifPresent(
            process -> {
              LOG.warn("Stopping PostgreSQL {} left over from an earlier run", process.pid());
              signal("INT", process.pid());
              if (!ended(process, STOP_LIMIT)) {
                signal("QUIT", process.pid());
                ended(process, STOP_LIMIT);
              }
            });
  }

  /** The living server of this data folder, by its {@code postmaster.pid}. */
  static Optional<ProcessHandle> serverProcess(Path dataDirectory) {
    Path pidFile = dataDirectory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
      return ProcessHandle.of(pid).filter(p -> isServerOf(p, dataDirectory));
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      LOG.warn("Could not read {}", pidFile, e);
      return Optional.empty();
    }
  }

  private static boolean isServerOf(ProcessHandle process, Path dataDirectory) {
    try {
      String commandLine =
          new String(
              Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline")),
              StandardCharsets.UTF_8);
      return commandLine.contains("postgres") && commandLine.contains(dataDirectory.toString());
    } catch (IOException e) {
      return false;
    }
  }

  private static void signal(String name, long pid) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().onExit().join();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not signal PostgreSQL " + pid, e);
    }
  }

  private static boolean ended(ProcessHandle process, Duration limit) {
    try {
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (java.util.concurrent.ExecutionException e) {
      return !process.isAlive();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not stop cleanly", e);
    }
  }
}
