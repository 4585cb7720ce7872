package io.channelwise.server.deal;

import io.channelwise.deal.LinkSigner;
import io.channelwise.server.settings.ServerSettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The server checks the links that the workers sign: both know the secret. */
@Configuration(proxyBeanMethods = false)
class LinkConfiguration {

  @Bean
  LinkSigner linkSigner(ServerSettings settings, Clock clock) {
    return new LinkSigner(settings.linkSecret(), clock);
  }
}
