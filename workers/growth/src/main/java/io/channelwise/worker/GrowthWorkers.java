package io.channelwise.worker;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * The business workers' beans. Needs the domain's beans, a {@link
 * io.channelwise.worker.delivery.DeliverySettings} and a {@link io.channelwise.deal.LinkSigner}
 * made with the server's link secret.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan({
  "io.channelwise.worker.campaign",
  "io.channelwise.worker.research",
  "io.channelwise.worker.channel",
  "io.channelwise.worker.deal",
  "io.channelwise.worker.plan",
  "io.channelwise.worker.promotion",
  "io.channelwise.worker.support",
  "io.channelwise.worker.feedback",
  "io.channelwise.worker.model",
  "io.channelwise.worker.delivery"
})
public class GrowthWorkers {}
