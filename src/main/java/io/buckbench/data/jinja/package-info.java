/**
 * Renders chat templates: the part of the Jinja template language that published models use, with
 * Jinja2's results. Template text comes from a downloaded file, so it can reach nothing but the
 * values that it is given, and its output is bounded.
 *
 * <p>Values are Java objects: {@link java.lang.String}, {@link java.lang.Long}, {@link
 * java.lang.Double}, {@link java.lang.Boolean}, {@link java.util.List}, {@link java.util.Map},
 * {@link io.buckbench.data.jinja.None} and others that only templates see.
 */
package io.buckbench.data.jinja;
