/** The transformer as a TorchScript module, run by PyTorch through DJL. */
package io.tramontane.policy.module;
