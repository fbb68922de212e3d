/** What a user says of a curriculum, and how often problems were solved before. */
package io.tramontane.jobs.data.curriculum;
