/** Whether a process lives and is ready, and where an orchestrator and Prometheus ask. */
@NullMarked
package io.smspipeline.service.health;

import org.jspecify.annotations.NullMarked;
