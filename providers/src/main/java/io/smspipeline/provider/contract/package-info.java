/**
 * What every provider must keep, as tests to extend. Whoever extends them has JUnit, AssertJ and Awaitility on its test class
 * path.
 */
@NullMarked
package io.smspipeline.provider.contract;

import org.jspecify.annotations.NullMarked;
