/**
 * The server: the workflow engine, its web applications, our REST API and pages behind one login.
 * Sub-packages carry the names of the domains they serve, beside {@code settings}, {@code engine},
 * {@code security} and {@code web}.
 */
package io.channelwise.server;
