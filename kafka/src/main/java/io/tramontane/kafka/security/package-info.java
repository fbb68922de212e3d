/** Who may do what on the broker. */
package io.tramontane.kafka.security;
