package io.channelwise.server.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says about the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDocumentation {
  private static final String BASIC = "basic";

  private static final String ABOUT =
      """
      Campaigns that take an AI model to market, their deals, tickets, training runs and models.
      Log in with HTTP Basic, or use this page's session. Errors are problem documents (RFC 9457)
      in English or Chinese, by Accept-Language. The engine's own API (tasks, messages, history)
      is at /engine-rest.
      """;

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Channelwise API")
                .description(ABOUT)
                .version("1")
                .license(new License().name("Apache-2.0")))
        // Relative, so that the page works behind any proxy.
        .servers(List.of(new Server().url("/")))
        .components(
            new Components()
                .addSecuritySchemes(
                    BASIC, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
        .addSecurityItem(new SecurityRequirement().addList(BASIC));
  }
}
