/** What providers over HTTP have in common: requests and their answers, the account's standing, pauses, and answers that were lost. */
@NullMarked
package io.smspipeline.provider.http;

import org.jspecify.annotations.NullMarked;
