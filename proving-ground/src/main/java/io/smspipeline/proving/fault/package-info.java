/** What is done to the processes of a run, and when. */
@NullMarked
package io.smspipeline.proving.fault;

import org.jspecify.annotations.NullMarked;
