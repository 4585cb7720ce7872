package io.channelwise.launcher.role;

import io.channelwise.server.ServerApplication;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The server in this process. */
public final class ServerRole {
  private ServerRole() {}

  /**
   * Starts a server and returns when it answers; the caller closes it.
   *
   * @param settings by full key; the environment wins over them
   */
  public static ConfigurableApplicationContext start(Map<String, ?> settings) {
    SpringApplication application = ServerApplication.application(Logs.under(settings));
    // Everything is stopped by the launcher, in its order.
    application.setRegisterShutdownHook(false);
    return application.run();
  }
}
