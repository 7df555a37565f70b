/** A bundle of its own, which uses the registry as applications do; made while tests run. */
package io.agents.itests.karaf.application;
