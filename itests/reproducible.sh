#!/bin/sh
# Shows that the build is reproducible: builds the project twice, without its tests, in two copies that lie at
# different paths and in different time zones, and compares the jars and archives of all modules, the KAR and the Karaf among
# them, by their SHA-256.
# Prints what differs, file by file inside an archive too; exits 1 if anything does.
# Arguments go to Maven, for instance: itests/reproducible.sh -o
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/reproducible.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# The sources of the project, without what an earlier build left.
copy() {
  mkdir -p "$1/.mvn"
  cp -R "$root/.mvn/." "$1/.mvn"
  for entry in "$root"/*; do
    case ${entry##*/} in
      target) ;;
      *)
        if [ -d "$entry" ]; then
          mkdir "$1/${entry##*/}"
          for child in "$entry"/* "$entry"/.[!.]*; do
            if [ "${child##*/}" != target ] && [ -e "$child" ]; then cp -R "$child" "$1/${entry##*/}/"; fi
          done
        else
          cp "$entry" "$1/"
        fi
        ;;
    esac
  done
}

# build <copy> <time zone> <arguments of Maven>
build() {
  folder=$1
  zone=$2
  shift 2
  if ! (cd "$folder" && TZ=$zone mvn -B -q package -Dmaven.test.skip=true -Dspotless.check.skip=true "$@") \
    </dev/null >"$work/build.log" 2>&1; then
    echo "reproducible: the build in $folder failed:" >&2
    tail -n 30 "$work/build.log" >&2
    exit 1
  fi
}

# The hashes of what the modules made, by path; not those of other people's jars that they copied.
hashes() {
  (cd "$1" && find . -mindepth 3 -maxdepth 3 -type f -path './*/target/*' \
    \( -name '*.jar' -o -name '*.kar' -o -name '*.tar.gz' -o -name '*.zip' -o -name sbom.json \) | LC_ALL=C sort | xargs -r sha256sum)
}

unpack() {
  mkdir -p "$2"
  case $1 in
    *.tar.gz) tar -xzf "$1" -C "$2" ;;
    *.json) cp "$1" "$2" ;;
    *) (cd "$2" && jar xf "$1") ;;
  esac
}

first=$work/first
second=$work/another/path/second
copy "$first"
cp -R "$first" "$work/sources"
mkdir -p "${second%/*}"
mv "$work/sources" "$second"
build "$first" UTC "$@"
build "$second" Pacific/Auckland "$@"

hashes "$first" >"$work/first.txt"
hashes "$second" >"$work/second.txt"
count=$(wc -l <"$work/first.txt" | tr -d ' ')
if [ "$count" -eq 0 ]; then
  echo "reproducible: the build made no jar" >&2
  exit 1
fi
for kind in .jar .kar -karaf.tar.gz .tar.gz sbom.json; do
  if ! grep -q -- "$kind\$" "$work/first.txt"; then
    echo "reproducible: the build made no file that ends in $kind" >&2
    exit 1
  fi
done
if cmp -s "$work/first.txt" "$work/second.txt"; then
  echo "reproducible: $count archives, the same in both builds"
  exit 0
fi

echo "reproducible: these archives differ between two builds of the same sources:"
cat "$work/first.txt" "$work/second.txt" | LC_ALL=C sort | uniq -u | sed 's/^[^ ]* *//' | LC_ALL=C sort -u |
  while read -r archive; do
    if [ ! -f "$first/$archive" ] || [ ! -f "$second/$archive" ]; then
      echo "$archive: made by one of the builds only"
      continue
    fi
    rm -rf "$work/a" "$work/b"
    unpack "$first/$archive" "$work/a"
    unpack "$second/$archive" "$work/b"
    echo "$archive:"
    if (cd "$work" && diff -r a b); then
      echo "  the same files, in another order or with other times"
    fi
  done
exit 1
