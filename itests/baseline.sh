#!/bin/sh
# Shows that baselining (mvn verify -Pbaseline) does its work, although there is no release to compare with yet: takes the
# API as it is for release 1.0.0, in a local repository of its own, and then compares copies of it with that release.
# Prints a line for each; exits 1 if one went otherwise. Arguments go to Maven, for instance: itests/baseline.sh -o
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/baseline.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

api=registry.api/src/main/java/io/agents/registry/api
failed=0

# What was downloaded before is used, by links, so that nothing is left in the repository of the person who runs this.
mkdir "$work/repository"
if [ -d "$HOME/.m2/repository" ]; then
  cp -Rl "$HOME/.m2/repository/." "$work/repository/"
  rm -rf "$work/repository/io/agents/registry"
fi

# copy <name> <version>
copy() {
  mkdir -p "$work/$1/registry.api"
  cp -R "$root/.mvn" "$work/$1/"
  sed "s/1\.0\.0-SNAPSHOT/$2/; /<module>/{/registry\.api/!d;}" "$root/pom.xml" >"$work/$1/pom.xml"
  sed "s/1\.0\.0-SNAPSHOT/$2/" "$root/registry.api/pom.xml" >"$work/$1/registry.api/pom.xml"
  cp -R "$root/registry.api/src" "$work/$1/registry.api/"
}

# build <name> <goal and arguments>
build() {
  folder=$work/$1
  shift
  (cd "$folder" && mvn -B -Dmaven.repo.local="$work/repository" -Dmaven.test.skip=true -Dspotless.check.skip=true \
    -Dmaven.javadoc.skip=true -Dmaven.source.skip=true "$@") </dev/null >"$work/build.log" 2>&1
}

arguments=$*
copy release 1.0.0
# shellcheck disable=SC2086
if ! build release install $arguments; then
  echo "baseline: the release does not build:" >&2
  tail -n 30 "$work/build.log" >&2
  exit 1
fi

# check <passes|fails> <name> <what>: compares a copy with the release
check() {
  outcome=$1
  name=$2
  what=$3
  result=passes
  # shellcheck disable=SC2086
  build "$name" verify -Pbaseline $arguments || result=fails
  if [ "$result" = fails ] && ! grep -q 'Baseline problems detected' "$work/build.log"; then
    result='fails otherwise'
  fi
  if [ "$result" = "$outcome" ]; then
    echo "ok      $what: $result"
  else
    echo "WRONG   $what: $result instead of $outcome; the end of the log:"
    tail -n 20 "$work/build.log"
    failed=1
  fi
}

copy unchanged 1.0.1-SNAPSHOT
check passes unchanged 'nothing changed'

copy method 1.0.1-SNAPSHOT
sed -i.bak 's/^public interface AgentRegistry {/&\n  \/** Added. *\/\n  int added();/' "$work/method/$api/AgentRegistry.java"
rm "$work/method/$api/AgentRegistry.java.bak"
check fails method 'a method more in an interface, same version'

copy version 1.1.0-SNAPSHOT
cp "$work/method/$api/AgentRegistry.java" "$work/version/$api/"
sed -i.bak 's/@Version("1\.0\.0")/@Version("1.1.0")/' "$work/version/$api/package-info.java"
rm "$work/version/$api/package-info.java.bak"
check passes version 'a method more in an interface, minor version raised'

copy removed 1.1.0-SNAPSHOT
sed -i.bak 's/isOwnerGone()/isTheOwnerGone()/' "$work/removed/$api/Agent.java"
rm "$work/removed/$api/Agent.java.bak"
cp "$work/version/$api/package-info.java" "$work/removed/$api/"
check fails removed 'a method of a value renamed, minor version raised'

exit $failed
