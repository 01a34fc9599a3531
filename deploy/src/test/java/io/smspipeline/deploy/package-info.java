/** The manifests, held against Kubernetes' own model and the services' own settings. */
@NullMarked
package io.smspipeline.deploy;

import org.jspecify.annotations.NullMarked;
