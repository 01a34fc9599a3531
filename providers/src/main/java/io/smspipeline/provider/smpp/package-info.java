/**
 * SMPP 3.4: binds that come up and stay up by themselves, windowed asynchronous submits over them, receipts and MO messages
 * answered only when they are safe.
 */
@NullMarked
package io.smspipeline.provider.smpp;

import org.jspecify.annotations.NullMarked;
