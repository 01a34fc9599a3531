/** The ./sms command line and everything in one JVM. */
@NullMarked
package io.smspipeline.quickstart;

import org.jspecify.annotations.NullMarked;
