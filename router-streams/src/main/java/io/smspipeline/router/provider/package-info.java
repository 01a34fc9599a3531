/** Who can be fed: what senders and operators say of providers, whole in every instance. */
@NullMarked
package io.smspipeline.router.provider;

import org.jspecify.annotations.NullMarked;
