package io.channelwise.launcher.journey;

import io.channelwise.launcher.local.ChildProcess;
import io.channelwise.launcher.local.DataFolder;
import io.channelwise.launcher.local.LocalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * The roles as {@code docker/compose.yaml} starts them, without Docker: a PostgreSQL server, and a
 * process each for server, business workers, training and inference, all configured by environment
 * variables with secrets from files. The variables are read from the compose file itself; only
 * addresses and paths are put in their place. A killed process is started again, as {@code restart:
 * unless-stopped} would.
 */
final class SeparateProcesses implements AutoCloseable {
  /** Smaller than the product's own limit, so that a test need not send hundreds of megabytes. */
  static final int UPLOAD_BYTES_MAX = 2_000_000;

  private static final Path COMPOSE = Path.of("../../docker/compose.yaml");
  private static final Duration START_LIMIT = Duration.ofSeconds(150);
  private static final List<String> FAST_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final DataFolder folder;
  private final LocalDatabase database;
  private final URI base;
  private final int inferencePort;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Map<String, ChildProcess> children = new LinkedHashMap<>();

  private SeparateProcesses(DataFolder folder, LocalDatabase database) {
    this.folder = folder;
    this.database = database;
    this.base = URI.create("http://127.0.0.1:" + freePort());
    this.inferencePort = freePort();
  }

  /** Starts everything; the workers when the server is healthy, as the compose file asks. */
  static SeparateProcesses start(DataFolder folder) {
    LocalDatabase database = LocalDatabase.start(folder);
    SeparateProcesses processes = new SeparateProcesses(folder, database);
    processes.parts.push(database);
    try {
      processes.startRoles();
      return processes;
    } catch (RuntimeException | AssertionError e) {
      processes.close();
      throw e;
    }
  }

  private void startRoles() {
    folder.adminPassword();
    child("server", "512m", List.of("serve"));
    Await.until("the server is healthy", START_LIMIT, this::isHealthy);
    child("growth", "320m", List.of("work", "--topics", "growth"));
    child("training", "1g", List.of("work", "--topics", "bert.fine-tune,bert.evaluate"));
    child("inference", "640m", List.of("work", "--topics", "ticket.classify,material.rank"));
  }

  private void child(String service, String heap, List<String> arguments) {
    List<String> options = new java.util.ArrayList<>(FAST_START);
    options.add("-Xmx" + heap);
    Path log = folder.folder("logs").resolve(service + ".log");
    ChildProcess child = ChildProcess.start(service, options, arguments, environment(service), log);
    children.put(service, child);
    parts.push(child);
  }

  /** The variables of the service in the compose file and of the image, with our addresses. */
  private Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    composed(service).forEach((name, value) -> environment.put(name, replaced(value.toString())));
    if (service.equals("server")) {
      environment.put("SERVER_ADDRESS", "127.0.0.1");
      environment.put("SERVER_PORT", Integer.toString(base.getPort()));
      environment.put("SPRING_SERVLET_MULTIPART_MAXFILESIZE", Integer.toString(UPLOAD_BYTES_MAX));
    } else {
      environment.put("CHANNELWISE_HEALTHPORT", Integer.toString(freePort()));
      environment.put("CHANNELWISE_MODELSTORE", folder.folder("models").toString());
      environment.put("CHANNELWISE_DELIVERY_OUTBOX", folder.folder("outbox").toString());
      environment.put("CHANNELWISE_WORKERTHREADS", "3");
    }
    if (service.equals("training")) {
      environment.put("CHANNELWISE_TRAINING_CHECKPOINTSTEPS", "10");
      environment.put("CHANNELWISE_TRAINING_PROGRESSINTERVAL", "PT0.1S");
    }
    if (service.equals("inference")) {
      environment.put("CHANNELWISE_INFERENCEHOST", "127.0.0.1");
      environment.put("CHANNELWISE_INFERENCEPORT", Integer.toString(inferencePort));
    }
    return environment;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> composed(String service) {
    try {
      Map<String, Object> file = new Yaml().load(Files.readString(COMPOSE));
      Map<String, Object> services = (Map<String, Object>) file.get("services");
      return (Map<String, Object>) ((Map<String, Object>) services.get(service)).get("environment");
    } catch (IOException e) {
      throw new UncheckedIOException(COMPOSE + " cannot be read", e);
    }
  }

  private String replaced(String value) {
    String here =
        value
            .replace("//postgres:5432/", "//127.0.0.1:%d/".formatted(database.port()))
            .replace("http://server:8080", base.toString())
            .replace("http://inference:8090", "http://127.0.0.1:" + inferencePort)
            .replace("${CHANNELWISE_BASE_URL:-http://127.0.0.1:8080}", base.toString());
    for (String secret : List.of("engine", "owner", "app")) {
      Path file = database.passwordFile("channelwise_" + secret);
      here = here.replace("/run/secrets/%s-password".formatted(secret), file.toString());
    }
    here = here.replace("/run/secrets/admin-password", folder.adminPasswordFile().toString());
    for (String secret : List.of("worker-token", "link-secret", "inference-token")) {
      here = here.replace("/run/secrets/" + secret, folder.secretFile(secret).toString());
    }
    if (here.contains("/run/secrets/") || here.contains("${")) {
      throw new AssertionError("docker/compose.yaml has a value this test does not know: " + here);
    }
    return here;
  }

  boolean isHealthy() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/actuator/health"))
            .timeout(Duration.ofSeconds(5))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode() == 200;
  }

  URI base() {
    return base;
  }

  LocalDatabase database() {
    return database;
  }

  /** The process of that compose service now. */
  long pid(String service) {
    return children.get(service).pid();
  }

  List<String> services() {
    return List.copyOf(children.keySet());
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
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("A process did not stop", e);
      }
    }
  }
}
