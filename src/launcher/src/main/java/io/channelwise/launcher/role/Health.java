package io.channelwise.launcher.role;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.springframework.core.env.Environment;

/**
 * Answers 200 on {@code channelwise.health-port} of 127.0.0.1, for the container's health check.
 */
public final class Health {
  private Health() {}

  /** Starts when a port is set; otherwise there is nothing to close. */
  public static AutoCloseable serve(Environment environment) {
    Integer port = environment.getProperty("channelwise.health-port", Integer.class);
    if (port == null) {
      return () -> {};
    }
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4);
      server.createContext(
          "/health",
          exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          });
      server.start();
      return () -> server.stop(0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "channelwise.health-port %d cannot be used: %s".formatted(port, e.getMessage()), e);
    }
  }
}
