#!/bin/sh
# Does what an operator does with Apache Karaf and the registry, with the real bin/start, bin/client and bin/stop: installs
# an earlier release from its file of features, looks, flips the flag, edits a file, upgrades, restarts, removes. Prints a
# line for each step; exits 1 if one went otherwise. Uses free ports and a folder of its own, reaches no network, and always
# stops the Karaf it started.
#
#   operator-in-karaf.sh <apache-karaf.tar.gz> <Maven repository with the features> <version of the registry> \
#     <Maven repository with earlier releases> <the first one> <the next one>
set -u

[ $# -eq 6 ] || {
  sed -n '2,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
}
archive=$1
repository=$(CDPATH='' cd -- "$2" && pwd -P) || exit 2
version=$3
releases=$(CDPATH='' cd -- "$4" && pwd -P) || exit 2
first=$5
next=$6
failed=0
limit=${OPERATOR_PATIENCE:-120}

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
major=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
if [ "$major" != 17 ]; then
  echo "Karaf cannot run: it needs a JDK 17, and $java is ${major:-not there}"
  exit 1
fi
JAVA_HOME=${JAVA_HOME:-$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')}
export JAVA_HOME
unset KARAF_HOME KARAF_BASE KARAF_DATA KARAF_ETC KARAF_OPTS JAVA_OPTS EXTRA_JAVA_OPTS

work=$(mktemp -d "${TMPDIR:-/tmp}/operator.XXXXXX")
tar -xzf "$archive" -C "$work" || exit 2
cd "$work"/*/ || exit 2
home=$(pwd -P)

process() {
  ps -e -o pid= -o args= | awk -v home="-Dkaraf.base=$home" 'index($0, home) && !/awk/ { print $1; exit }'
}

# Softly first; whatever happens, no Karaf is left.
stop() {
  pid=$(process)
  [ -n "$pid" ] || return 0
  bin/stop >/dev/null 2>&1
  waited=0
  while kill -0 "$pid" 2>/dev/null && [ $waited -lt 40 ]; do
    sleep 1
    waited=$((waited + 1))
  done
  kill -0 "$pid" 2>/dev/null || return 0
  kill -9 "$pid"
  return 1
}
trap 'stop; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP

# Three ports that nobody has, from the kernel's own choice.
cat >"$work/Ports.java" <<'JAVA'
import java.net.ServerSocket;
public class Ports {
  public static void main(String[] a) throws Exception {
    try (var x = new ServerSocket(0); var y = new ServerSocket(0); var z = new ServerSocket(0)) {
      System.out.println(x.getLocalPort() + " " + y.getLocalPort() + " " + z.getLocalPort());
    }
  }
}
JAVA
# shellcheck disable=SC2046
set -- $("$java" "$work/Ports.java")
[ $# -eq 3 ] || exit 2

# set_line <file> <key> <value>
set_line() {
  sed "s|^ *$2 *=.*|$2 = $3|" "etc/$1" >"$work/line" && cat "$work/line" >"etc/$1"
}
set_line org.apache.karaf.shell.cfg sshPort "$1"
set_line org.apache.karaf.management.cfg rmiRegistryPort "$2"
set_line org.apache.karaf.management.cfg rmiServerPort "$3"
cat >>etc/users.properties <<'USERS'
karaf = karaf,_g_:admingroup
_g_\:admingroup = group,admin,manager,viewer,systembundles,ssh
guest = guest,viewer,ssh
USERS
# No network: Karaf's own folder, and the repository that the build has filled.
awk '/^org\.ops4j\.pax\.url\.mvn\.(repositories|defaultRepositories) *=/ { skip = 1 } !skip { print } !/\\$/ { skip = 0 }' \
  etc/org.ops4j.pax.url.mvn.cfg >"$work/mvn.cfg"
cat >>"$work/mvn.cfg" <<CFG
org.ops4j.pax.url.mvn.repositories =
org.ops4j.pax.url.mvn.localRepository = $work/local
org.ops4j.pax.url.mvn.defaultRepositories = \${karaf.home.uri}\${karaf.default.repository}@id=system.repository@snapshots, \
  file:$repository@id=build.repository@snapshots, file:$releases@id=releases.repository
CFG
cat "$work/mvn.cfg" >etc/org.ops4j.pax.url.mvn.cfg

# client <user> <command>: what it printed is in $work/out
client() {
  echo "$2" | timeout 60 bin/client -u "$1" -p "$1" -b >"$work/out" 2>&1
}

# says <text>: whether the last command printed it
says() {
  grep -qF -- "$1" "$work/out"
}

report() {
  if [ "$1" -eq 0 ]; then
    echo "ok      $2"
  else
    echo "WRONG   $2; the last command printed:"
    sed 's/^/        | /' "$work/out"
    failed=1
  fi
}

# step <what> <user> <command> <text that it must print> …: once, now
step() {
  what=$1
  client "$2" "$3"
  shift 3
  result=0
  for text in "$@"; do
    says "$text" || result=1
  done
  report $result "$what"
}

# soon <what> <user> <command> <text that it must print>: again and again, until it does
soon() {
  began=$(date +%s)
  until client "$2" "$3" && says "$4"; do
    if [ $(($(date +%s) - began)) -ge "$limit" ]; then
      report 1 "$1 (waited $limit s)"
      return 1
    fi
    sleep 1
  done
  report 0 "$1"
}

# soon_in <what> <file> <line>
soon_in() {
  waited=0
  until grep -qxF -- "$3" "$2"; do
    if [ $waited -ge 30 ]; then
      cp "$2" "$work/out"
      report 1 "$1"
      return 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
  report 0 "$1"
}

flags=etc/io.agents.registry.flags.cfg

bin/start >"$work/out" 2>&1
report $? 'bin/start'
soon 'the console answers' karaf 'shell:echo it is there' 'it is there' || exit 1

features=mvn:io.agents.registry/distribution.karaf
step 'feature:repo-add' karaf "feature:repo-add $features/$first/xml/features" 'Adding feature url'
step 'feature:install' karaf 'feature:install agent-registry agent-registry-shell agent-registry-fleet; feature:list -i' \
  agent-registry-fleet
soon 'the registry serves, with eight agents' karaf 'registry:count' 8
step 'registry:status, and registry:list with a filter in quotes' karaf \
  'registry:status; registry:list "(capability=translation)"' 'legacy' translator-1 translator-2
grep -q '^use_ets_agent_registry = off' $flags
report $? 'the configuration files are in etc, with the flag off'

step 'flags:enable' karaf 'flags:enable use_ets_agent_registry' 'the implementation is ets'
soon_in 'the flag is in its file' $flags 'use_ets_agent_registry = on'
grep -q '^# Whether the backend ets serves' $flags
report $? 'and the comments are'

sed 's/^use_ets_agent_registry.*/use_ets_agent_registry = off/' $flags >"$work/flags" && cat "$work/flags" >$flags
soon 'an edit of the file is taken up, and the implementation follows' karaf 'registry:status' '(registry.implementation=legacy)'

client karaf 'config:edit io.agents.registry.flags; config:property-set use_ets_agent_registry on; config:update'
soon 'config:edit is taken up' karaf 'registry:status' '(registry.implementation=ets)'
soon_in 'and is in the file' $flags 'use_ets_agent_registry = on'

step 'config:meta shows names and descriptions' karaf \
  'config:meta io.agents.registry.core; config:meta io.agents.registry.flags' 'Longest id' 'How long the id' \
  use_ets_agent_registry 'the backend ets serves'

client guest 'flags:disable use_ets_agent_registry'
if says 'is off'; then result=1; else result=0; fi
report $result 'a user who may only look may not flip the flag'
step 'but may look' guest 'registry:count' 8
step 'nothing has changed' karaf 'registry:status' '(registry.implementation=ets)'

# updates <bundle> …: the commands that update bundles to the next release
updates() {
  for name in "$@"; do
    printf '; bundle:update io.agents.%s mvn:io.agents.registry/%s/%s' "$name" "$name" "$next"
  done
}
upgrade='feature:install --upgrade agent-registry agent-registry-shell agent-registry-fleet'
client karaf "feature:repo-add $features/$next/xml/features$(
  updates registry.api registry.legacy registry.ets registry.flags registry.shell.karaf examples.fleet registry.core
)"
soon 'after bundle:update of every bundle all agents are there' karaf 'registry:count' 8
step 'and the flag is on' karaf 'registry:status' '(registry.implementation=ets)'
client karaf 'bundle:list -t 0 -s'
if [ "$(grep -c "Active .* $next .*io\.agents" "$work/out")" -eq 7 ]; then result=0; else result=1; fi
report $result 'each bundle is active, in the next version'
step 'feature:install --upgrade finds everything done' karaf "$upgrade; feature:list -i; log:display -n 2" "$next" 'No deployment change'

step 'feature:install --upgrade to this build, at once' karaf \
  "feature:repo-add $features/$version/xml/features; $upgrade; feature:list -i" "$(echo "$version" | tr - .)"
soon 'the registry is back, with the flag on' karaf 'registry:status' '(registry.implementation=ets)'
soon 'and so are all agents' karaf 'registry:count' 8

stop
report $? 'bin/stop'
bin/start >"$work/out" 2>&1
report $? 'bin/start again'
soon 'after the restart the flag is on, by itself' karaf 'registry:status' '(registry.implementation=ets)'
soon 'and all agents are there' karaf 'registry:count' 8

stop
report $? 'bin/stop'
sed 's/^use_ets_agent_registry.*/use_ets_agent_registry = off/' $flags >"$work/flags" && cat "$work/flags" >$flags
bin/start >"$work/out" 2>&1
report $? 'bin/start, after an edit while it was stopped'
soon 'the edited file counts' karaf 'registry:status' '(registry.implementation=legacy)'

client karaf 'feature:uninstall agent-registry-fleet agent-registry-shell agent-registry'
client karaf 'bundle:list -t 0 -s; service:list io.agents.registry.api.AgentRegistry; shell:threads --list'
if grep -q 'io\.agents\|agent registry\|registry-' "$work/out"; then result=1; else result=0; fi
report $result 'after feature:uninstall there is no bundle, service or thread of ours'
ls etc/io.agents.registry.*.cfg >"$work/out" 2>&1
report $? 'but the configuration is'

exit $failed
