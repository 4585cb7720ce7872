/**
 * The workers that open a campaign and write its report. The work itself is in {@link
 * io.channelwise.campaign}.
 */
package io.channelwise.worker.campaign;
