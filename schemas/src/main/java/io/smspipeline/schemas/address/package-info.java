/** What identifies a handset, in the one form that every topic is keyed by. */
@NullMarked
package io.smspipeline.schemas.address;

import org.jspecify.annotations.NullMarked;
