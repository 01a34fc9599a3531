/** The sections of the configuration every process of ours reads, and the client properties they come to. */
@NullMarked
package io.smspipeline.service.settings;

import org.jspecify.annotations.NullMarked;
