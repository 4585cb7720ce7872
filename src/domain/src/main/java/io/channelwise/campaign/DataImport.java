package io.channelwise.campaign;

import java.time.Instant;

/**
 * The last import of one table of a campaign: where its figures come from.
 *
 * @param table e.g. {@code survey}
 * @param rows rows of the file
 * @param sha256 of the file, hexadecimal
 */
public record DataImport(String table, long rows, String sha256, Instant importedAt) {}
