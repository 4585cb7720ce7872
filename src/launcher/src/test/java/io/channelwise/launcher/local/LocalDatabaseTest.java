package io.channelwise.launcher.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseTest {
  @TempDir Path root;

  @Test
  void shouldKeepDataAndAskForPasswords() throws Exception {
    try (DataFolder folder = DataFolder.open(root.resolve("data"))) {
      try (LocalDatabase database = LocalDatabase.start(folder)) {
        try (Connection owner = connect(database, "channelwise_owner")) {
          assertThat(show(owner, "fsync")).isEqualTo("on");
          assertThat(show(owner, "synchronous_commit")).isEqualTo("on");
          assertThat(show(owner, "listen_addresses")).isEqualTo("127.0.0.1");
          owner.createStatement().execute("create table kept (id int)");
          owner.createStatement().execute("insert into kept values (1)");
        }
        assertThatThrownBy(
                () -> DriverManager.getConnection(database.jdbcUrl(), "channelwise_app", "guess"))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), "postgres", "x"))
            .isInstanceOf(SQLException.class);
      }
      try (LocalDatabase database = LocalDatabase.start(folder);
          Connection app = connect(database, "channelwise_app")) {
        assertThat(count(app)).isEqualTo(1);
        assertThatThrownBy(() -> app.createStatement().execute("drop table kept"))
            .hasMessageContaining("must be owner");
        assertThatThrownBy(() -> app.createStatement().execute("create table camunda.x (id int)"))
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void shouldComeBackOnItsPort_whenTheServerIsKilled() throws Exception {
    try (DataFolder folder = DataFolder.open(root.resolve("data"));
        LocalDatabase database = LocalDatabase.start(folder)) {
      int port = database.port();
      try (Connection owner = connect(database, "channelwise_owner")) {
        owner.createStatement().execute("create table kept (id int)");
        owner.createStatement().execute("insert into kept values (1)");
      }
      kill(folder);
      try (Connection app = connectEventually(database)) {
        assertThat(count(app)).isEqualTo(1);
      }
      assertThat(database.port()).isEqualTo(port);
    }
  }

  @Test
  void shouldStopTheOrphanOfAKilledLauncher() throws Exception {
    try (DataFolder folder = DataFolder.open(root.resolve("data"))) {
      Path data = folder.root().resolve("postgres");
      Path server;
      try (LocalDatabase database = LocalDatabase.start(folder)) {
        long pid = LocalDatabase.serverProcess(data).orElseThrow().pid();
        // Unpacked once a JVM, not once a folder: ask the running server where it is.
        server = Path.of("/proc/" + pid + "/exe").toRealPath();
      }
      // A server started by someone who then died: nobody will stop it but the next start.
      Process orphan =
          new ProcessBuilder(
                  "unshare",
                  "-U",
                  server.toString(),
                  "-D",
                  data.toString(),
                  "-p",
                  Integer.toString(freePort()),
                  "-c",
                  "unix_socket_directories=")
              .redirectErrorStream(true)
              .redirectOutput(root.resolve("orphan.log").toFile())
              .start();
      awaitPidFile(data);
      LocalDatabase.stopOrphan(data);
      assertThat(orphan.waitFor(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
      try (LocalDatabase database = LocalDatabase.start(folder);
          Connection app = connect(database, "channelwise_app")) {
        assertThat(app.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void shouldRefuseASecondUserOfTheFolder() throws Exception {
    Path data = root.resolve("data");
    try (DataFolder folder = DataFolder.open(data)) {
      assertThat(folder.adminPassword()).hasSizeGreaterThan(15).isEqualTo(folder.adminPassword());
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.adminPasswordFile())))
          .isEqualTo("rw-------");
      assertThatThrownBy(() -> DataFolder.open(data)).hasMessageContaining("is in use by process");
    }
    Path file = Files.writeString(root.resolve("file"), "x");
    assertThatThrownBy(() -> DataFolder.open(file)).hasMessageContaining("--data needs a folder");
  }

  private static Connection connect(LocalDatabase database, String role) throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), role, database.password(role));
  }

  private static Connection connectEventually(LocalDatabase database) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (true) {
      try {
        return connect(database, "channelwise_app");
      } catch (SQLException e) {
        if (Instant.now().isAfter(end)) {
          throw e;
        }
        LockSupport.parkNanos(20_000_000);
      }
    }
  }

  private static void kill(DataFolder folder) throws Exception {
    LocalDatabase.serverProcess(folder.root().resolve("postgres")).orElseThrow().destroyForcibly();
  }

  private static void awaitPidFile(Path data) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    Path file = data.resolve("postmaster.pid");
    while (!Files.exists(file) || Files.readAllLines(file).size() < 8) {
      assertThat(Instant.now()).as("the orphan started").isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static int freePort() throws Exception {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (var result = connection.createStatement().executeQuery("show " + setting)) {
      result.next();
      return result.getString(1);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (var result = connection.createStatement().executeQuery("select count(*) from kept")) {
      result.next();
      return result.getInt(1);
    }
  }
}
