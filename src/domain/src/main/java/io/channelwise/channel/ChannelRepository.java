package io.channelwise.channel;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class ChannelRepository {
  private static final String LIST =
      """
      select channel, market, kind, reach, fixed_cost, revenue_share, parent, contact,
             half_saturation
        from channel
       where campaign_key = :campaignKey
       order by channel
       limit 10000
      """;

  private static final String FIND =
      """
      select channel, market, kind, reach, fixed_cost, revenue_share, parent, contact,
             half_saturation
        from channel
       where campaign_key = :campaignKey
         and channel = :channel
      """;

  private static final String DELETE_ALL =
      """
      delete from channel
       where campaign_key = :campaignKey
      """;

  private static final String INSERT =
      """
      insert into channel (campaign_key, channel, market, kind, reach, fixed_cost, revenue_share,
                           parent, contact, half_saturation)
      values (:campaignKey, :channel, :market, :kind, :reach, :fixedCost, :revenueShare,
              :parent, :contact, :halfSaturation)
      """;

  private final JdbcClient jdbc;

  ChannelRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  List<Channel> list(String campaignKey) {
    return jdbc.sql(LIST).param("campaignKey", campaignKey).query(Channel.class).list();
  }

  Optional<Channel> find(String campaignKey, String channel) {
    return jdbc.sql(FIND)
        .param("campaignKey", campaignKey)
        .param("channel", channel)
        .query(Channel.class)
        .optional();
  }

  void deleteAll(String campaignKey) {
    jdbc.sql(DELETE_ALL).param("campaignKey", campaignKey).update();
  }

  void insert(String campaignKey, Channel channel) {
    jdbc.sql(INSERT)
        .param("campaignKey", campaignKey)
        .param("channel", channel.channel())
        .param("market", channel.market())
        .param("kind", channel.kind())
        .param("reach", channel.reach())
        .param("fixedCost", channel.fixedCost())
        .param("revenueShare", channel.revenueShare())
        .param("parent", channel.parent())
        .param("contact", channel.contact())
        .param("halfSaturation", channel.halfSaturation())
        .update();
  }
}
