package io.channelwise.launcher.local;

import io.channelwise.launcher.role.ServerRole;
import io.channelwise.launcher.role.WorkerRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All of Channelwise on one machine: embedded PostgreSQL, server and business workers in this
 * process, the training and inference workers as children, so that a native crash takes down
 * neither engine nor campaigns.
 */
public final class LocalStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);

  private final DataFolder folder;
  private final URI base;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private LocalStack(DataFolder folder, int port) {
    this.folder = folder;
    this.base = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts everything and returns when the server answers.
   *
   * @param port of the server on 127.0.0.1; 0 picks a free one
   */
  public static LocalStack start(DataFolder folder, int port) {
    LocalStack stack = new LocalStack(folder, port == 0 ? freePort() : checked(port));
    try {
      stack.startParts();
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private void startParts() {
    LocalDatabase database = LocalDatabase.start(folder);
    parts.push(database);
    int inferencePort = freePort();
    ConfigurableApplicationContext server =
        ServerRole.start(serverSettings(database, inferencePort));
    parts.push(server::close);
    parts.push(WorkerRole.start(List.of(WorkerRole.GROWTH), workerSettings(database)));
    Map<String, String> environment = new LinkedHashMap<>();
    workerSettings(database).forEach((key, value) -> environment.put(environmentName(key), value));
    parts.push(
        child("training worker", "bert.fine-tune,bert.evaluate", environment, "training.log"));
    environment.put("CHANNELWISE_INFERENCEPORT", Integer.toString(inferencePort));
    parts.push(
        child("inference worker", "ticket.classify,material.rank", environment, "inference.log"));
  }

  private ChildProcess child(
      String name, String topics, Map<String, String> environment, String log) {
    return ChildProcess.start(
        name,
        List.of("-Xmx1g", "-XX:+UseSerialGC"),
        List.of("work", "--topics", topics),
        environment,
        folder.folder("logs").resolve(log));
  }

  /** {@code channelwise.domain.jdbc-url} → {@code CHANNELWISE_DOMAIN_JDBCURL}. */
  static String environmentName(String key) {
    return key.replace("-", "").replace('.', '_').toUpperCase(java.util.Locale.ROOT);
  }

  private Map<String, String> serverSettings(LocalDatabase database, int inferencePort) {
    Map<String, String> settings = new LinkedHashMap<>(common(database));
    settings.put("server.address", "127.0.0.1");
    settings.put("server.port", Integer.toString(base.getPort()));
    settings.put("channelwise.engine.jdbc-url", database.jdbcUrl());
    settings.put("channelwise.engine.username", "channelwise_engine");
    settings.put("channelwise.engine.password-file", password(database, "channelwise_engine"));
    settings.put("channelwise.domain.owner-username", "channelwise_owner");
    settings.put("channelwise.domain.owner-password-file", password(database, "channelwise_owner"));
    folder.adminPassword();
    settings.put("channelwise.admin-password-file", folder.adminPasswordFile().toString());
    settings.put("channelwise.inference-url", "http://127.0.0.1:" + inferencePort);
    settings.put("logging.file.name", logFile().toString());
    settings.put("logging.threshold.console", "OFF");
    return settings;
  }

  private Map<String, String> workerSettings(LocalDatabase database) {
    Map<String, String> settings = new LinkedHashMap<>(common(database));
    settings.put("channelwise.engine-url", base + "/engine-rest");
    settings.put("channelwise.model-store", folder.folder("models").toString());
    settings.put("channelwise.delivery.outbox", folder.folder("outbox").toString());
    return settings;
  }

  private Map<String, String> common(LocalDatabase database) {
    return Map.of(
        "channelwise.domain.jdbc-url", database.jdbcUrl(),
        "channelwise.domain.username", "channelwise_app",
        "channelwise.domain.password-file", password(database, "channelwise_app"),
        "channelwise.worker-token-file", folder.secretFile("worker-token").toString(),
        "channelwise.link-secret-file", folder.secretFile("link-secret").toString(),
        "channelwise.inference-token-file", folder.secretFile("inference-token").toString(),
        "channelwise.base-url", base.toString());
  }

  private static String password(LocalDatabase database, String role) {
    return database.passwordFile(role).toString();
  }

  private Path logFile() {
    return folder.folder("logs").resolve("channelwise.log");
  }

  /** Address of the server, e.g. {@code http://127.0.0.1:8080}. */
  public URI base() {
    return base;
  }

  private static int checked(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return port;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Port %d on 127.0.0.1 is taken (%s). Choose another with --port, or 0 for a free one."
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No free port on 127.0.0.1", e);
    }
  }

  @Override
  public void close() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("Stopping {} failed", part, e);
      }
    }
  }
}
