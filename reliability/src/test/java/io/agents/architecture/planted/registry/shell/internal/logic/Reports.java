package io.agents.architecture.planted.registry.shell.internal.logic;

import org.apache.felix.service.command.CommandSession;

/** Planted: logic that knows the shell. */
final class Reports {

  private Reports() {}

  static Object of(CommandSession session) {
    return session.get("report");
  }
}
