/** Where clients get their secrets from: by reference, never from the configuration itself. */
package io.tramontane.kafka.secrets;
