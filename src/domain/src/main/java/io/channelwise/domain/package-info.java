/**
 * Puts the domain's packages together as Spring beans on one data source. Server and workers import
 * {@link io.channelwise.domain.DomainConfiguration}; the domains themselves know nothing of it but
 * the name of its transaction manager.
 */
package io.channelwise.domain;
