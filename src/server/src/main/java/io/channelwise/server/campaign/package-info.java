/**
 * Campaigns over REST: accepting data, starting and cancelling the process, telling where it
 * stands. The engine is asked through {@link io.channelwise.server.campaign.CampaignProcesses}
 * alone.
 */
package io.channelwise.server.campaign;
