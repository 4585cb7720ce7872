/**
 * What all endpoints and pages share: problem documents, languages, rate limits, error pages. The
 * pages that show more than one domain live here too.
 */
package io.channelwise.server.web;
