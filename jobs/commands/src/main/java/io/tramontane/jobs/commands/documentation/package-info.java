/** Documentation that is generated from the code, so that it cannot disagree with it. */
package io.tramontane.jobs.commands.documentation;
