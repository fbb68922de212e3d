/** What is shipped in {@code infra} is valid and fits the code, without Docker and Kubernetes. */
package io.tramontane.tests.infra;
