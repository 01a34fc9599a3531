/** From a command line to a running service: signals, exit codes, and faults told in one sentence. */
@NullMarked
package io.smspipeline.service.start;

import org.jspecify.annotations.NullMarked;
