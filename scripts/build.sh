# The part of ./nla that a checkout needs and a release has not: builds what is stale. Sourced with `root`, `java` and `fail` set.

# Where a cluster is asked for, `cluster` names the module that reaches it: that is built along, apart from what everyone else runs.
module=${cluster:-cli}
built=$root/target/nla${cluster:+-$cluster} # current: name of the newest build, as old as that build's start; one folder for each build

# Prints the folder of the newest build, with its jars and the file `classpath`; builds first where it is stale.
build_where_stale() {
  if stale; then
    mkdir -p "$built" 2>/dev/null || fail "cannot write $built: the checkout must be built once by someone who may write there"
    if command -v flock >/dev/null; then
      exec 9>"$built/lock"
      flock 9
    fi
    if stale; then build; fi
    exec 9>&-
  fi
  newest
}

# True where there is no build, a source or pom is newer than it, or a jar it needs is gone.
stale() {
  [ -r "$built/current" ] || return 0
  [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main -newer "$built/current" 2>/dev/null | head -n 1)" ] || return 0
  local jar class_path IFS=:
  class_path=$(cat "$(newest)/classpath" 2>/dev/null) || return 0
  for jar in $class_path; do
    [ -r "$jar" ] || return 0
  done
  return 1
}

newest() {
  local name
  read -r name <"$built/current"
  printf '%s' "$built/$name"
}

# Builds with Maven into a new folder and names it in `current` at the end: a failed build leaves nothing behind, and a
# program already running keeps the jars it started with.
build() {
  local name folder home number jar paths='' IFS
  home=$(java_home "$java")
  [ -x "$home/bin/javac" ] || fail "needs a JDK to build, and $home has no javac: install a JDK 17 or newer and set JAVA_HOME to it"
  printf 'nla: building what is new in the sources\n' >&2
  name=$(date +%Y%m%dT%H%M%S)-$$
  folder=$built/$name
  mkdir -p "$folder"
  trap 'rm -rf "$folder"' EXIT
  : >"$folder/started"
  if ! (cd "$root" && JAVA_HOME=$home ./mvnw -q -B -Dstyle.color=never ${cluster:+-P "$cluster"} -DskipTests package) >"$folder/log" 2>&1; then
    cat "$folder/log" >&2
    fail "the build failed, see above"
  fi
  number=$(sed -n 's/^version=//p' "$root/cli/target/maven-archiver/pom.properties")
  IFS=:
  for jar in "$root/$module/target/nla-$module-$number.jar" $(cat "$root/$module/target/classpath"); do
    case $jar in
      "$root"/*)
        cp "$jar" "$folder/"
        jar=$folder/${jar##*/}
        ;;
    esac
    paths=$paths${paths:+:}$jar
  done
  printf '%s\n' "$paths" >"$folder/classpath"
  if [ -n "$cluster" ]; then
    cp "$root/$cluster/opens" "$folder/"
    for jar in "nla-cli-$number.jar" $(cat "$root/cli/target/classpath"); do printf ':%s:' "${jar##*/}"; done >"$folder/plain"
  fi
  printf '%s\n' "$name" >"$built/current.$$"
  touch -r "$folder/started" "$built/current.$$"
  mv "$built/current.$$" "$built/current"
  trap - EXIT
  find "$built" -mindepth 1 -maxdepth 1 -type d -mtime +30 -exec rm -rf {} +
}
