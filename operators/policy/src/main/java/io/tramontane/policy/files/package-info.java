/** Policies and states of trainers in the files and folders that Hugging Face's tools read. */
package io.tramontane.policy.files;
