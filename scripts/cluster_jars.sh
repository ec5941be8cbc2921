#!/usr/bin/env bash
# Writes to the folder $1 all jars that a cluster's machines and a release's --cluster need: docs/how-to/run-on-a-cluster.md.
set -euo pipefail
[ $# = 1 ] || {
  printf 'usage: scripts/cluster_jars.sh FOLDER\n' >&2
  exit 2
}
mkdir -p "$1"
to=$(cd "$1" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")/.."
./nla env --cluster none >/dev/null 2>&1 || true # builds what is stale
read -r build <target/nla-spark/current
IFS=:
for jar in $(cat "target/nla-spark/$build/classpath"); do cp "$jar" "$to/"; done
cp "target/nla-spark/$build/opens" "target/nla-spark/$build/plain" "$to/"
