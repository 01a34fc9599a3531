/** Records as octets: Confluent's wire format, with Confluent's configuration keys. */
@NullMarked
package io.smspipeline.schemas.serde;

import org.jspecify.annotations.NullMarked;
