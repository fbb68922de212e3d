/** Who may do what on the broker, and where clients get their secrets from. */
package io.tramontane.kafka.security;
