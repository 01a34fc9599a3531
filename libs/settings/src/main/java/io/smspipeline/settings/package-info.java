/** Typed settings from one YAML file, the environment and secret files, with all faults reported at once. */
@NullMarked
package io.smspipeline.settings;

import org.jspecify.annotations.NullMarked;
