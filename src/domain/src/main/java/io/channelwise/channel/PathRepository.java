package io.channelwise.channel;

import io.channelwise.attribution.Paths;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.stereotype.Repository;

/** Reads the ways users took through the channels. */
@Repository
class PathRepository {
  // COPY takes no parameters; a setting of the transaction carries the key. Without the memory the
  // sort would go through the disk.
  private static final String PREPARE =
      """
      select set_config('channelwise.campaign_key', :campaignKey, true),
             set_config('work_mem', '256MB', true)
      """;

  // Users by their hash, which compares faster than a text; everything in one order, whatever the
  // database's collation.
  private static final String STEPS =
      """
      copy (
        select user_ref, channel, type, case when type = 'purchase' then revenue end
          from event
         where campaign_key = current_setting('channelwise.campaign_key')
           and type in ('click', 'purchase')
         order by hashtextextended(user_ref, 0), user_ref collate "C", occurred_at,
                  event_id collate "C"
      ) to stdout
      """;

  private static final double NO_PURCHASE = -1;

  private final JdbcClient jdbc;
  private final DataSource dataSource;

  PathRepository(JdbcClient jdbc, @Qualifier("domainDataSource") DataSource dataSource) {
    this.jdbc = jdbc;
    this.dataSource = dataSource;
  }

  /**
   * The paths of all users: clicks in order of time, ties by event id, up to each purchase. A
   * purchase without a click before it is a path of its own channel. Must run in a transaction.
   *
   * @param channels whose events count; others are passed over
   */
  Paths paths(String campaignKey, List<String> channels) {
    jdbc.sql(PREPARE).param("campaignKey", campaignKey).query((row, index) -> 0).single();
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try {
      CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(STEPS);
      try {
        return read(copy, new Paths.Builder(channels));
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new SQLErrorCodeSQLExceptionTranslator(dataSource).translate("read paths", STEPS, e);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static Paths read(CopyOut copy, Paths.Builder paths) throws SQLException {
    String lastUser = "";
    for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
      String line = new String(bytes, StandardCharsets.UTF_8);
      int channelAt = line.indexOf('\t') + 1;
      int typeAt = line.indexOf('\t', channelAt) + 1;
      String user = line.substring(0, channelAt - 1);
      if (!user.equals(lastUser)) {
        paths.lose();
        lastUser = user;
      }
      String channel = CopyText.unescape(line.substring(channelAt, typeAt - 1));
      if (paths.knows(channel)) {
        step(paths, channel, line.charAt(typeAt) == 'p' ? revenue(line, typeAt) : NO_PURCHASE);
      }
    }
    paths.lose();
    return paths.build();
  }

  private static double revenue(String line, int typeAt) {
    return Double.parseDouble(line.substring(line.indexOf('\t', typeAt) + 1));
  }

  private static void step(Paths.Builder paths, String channel, double revenue) {
    boolean purchase = revenue >= 0;
    if (!purchase || !paths.touched()) {
      paths.touch(channel);
    }
    if (purchase) {
      paths.convert(revenue);
    }
  }
}
