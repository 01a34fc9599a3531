/** The pipeline's part in runs beside other gateways: who feeds it, and who reads what became of each message. */
@NullMarked
package io.smspipeline.benchmark.peer;

import org.jspecify.annotations.NullMarked;
