/**
 * A campaign and the data it brings: creation, import of the eleven CSV tables, what people are
 * shown, and the report. The other domains hang their tables and report sections in through {@link
 * io.channelwise.campaign.TableLoader} and {@link io.channelwise.campaign.ReportContributor}.
 */
package io.channelwise.campaign;
