package io.channelwise.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the server; the settings are those of {@link
 * io.channelwise.server.settings.ServerSettings}, from the environment, the command line or the
 * caller.
 */
@SpringBootApplication(
    exclude = {FlywayAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
@ConfigurationPropertiesScan
@EnableScheduling
public class ServerApplication {
  private static final String DEFAULTS = "/io/channelwise/server/defaults.properties";

  public static void main(String[] arguments) {
    application(Map.of()).run(arguments);
  }

  /**
   * Starts a server and returns when it answers.
   *
   * @param settings by full key, e.g. {@code channelwise.engine.jdbc-url}, {@code server.port};
   *     environment and system properties win over them
   */
  public static ConfigurableApplicationContext start(Map<String, ?> settings) {
    return application(settings).run();
  }

  /** The application with its defaults and the given settings, not yet started. */
  public static SpringApplication application(Map<String, ?> settings) {
    Properties defaults = new Properties();
    try (InputStream in = ServerApplication.class.getResourceAsStream(DEFAULTS)) {
      defaults.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The server's defaults cannot be read: " + DEFAULTS, e);
    }
    defaults.putAll(settings);
    SpringApplication application = new SpringApplication(ServerApplication.class);
    application.setDefaultProperties(defaults);
    application.setBannerMode(Banner.Mode.OFF);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    return application;
  }
}
