#!/usr/bin/env bash
# Executes the Dockerfile's steps without a container engine, starts the result as a container would, and stops it.
# In: [--keep] [--seconds N to wait for /startupz, default 60]. Out: a transcript on stdout; exit 0 only when the program
# started, answered /startupz, /health and its own health check, and ended with 0 within 8 s of the stop signal.
# As root with mount namespaces every stage is a root directory of its own (chroot over this machine's /usr as base image);
# otherwise steps run in plain folders. The transcript says which, and what a real image would still add.
set -u

project=$(cd "$(dirname "$0")/.." && pwd -P) || exit 1
keep=0
start_seconds=60
while [ $# -gt 0 ]; do
  case $1 in
    --keep) keep=1 ;;
    --seconds) shift; start_seconds=${1:?--seconds needs a number} ;;
    *) sed -n '2,6p' "$0"; exit 2 ;;
  esac
  shift
done

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }

# In a mount namespace of its own: every mount below is gone when this script ends.
if [ "${REHEARSAL_MODE:-}" = "" ]; then
  if [ "$(id -u)" = 0 ] && unshare --mount true 2>/dev/null; then
    kept=(); [ "$keep" = 1 ] && kept=(--keep)
    REHEARSAL_MODE=chroot exec unshare --mount --propagation private "$0" "${kept[@]}" --seconds "$start_seconds"
  fi
  REHEARSAL_MODE=plain
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/daruma-rehearsal-XXXXXX") || exit 1
program=
tidy() {
  if [ -n "$program" ] && kill -0 "$program" 2>/dev/null; then kill -KILL "$program" 2>/dev/null; fi
  if [ "$REHEARSAL_MODE" = chroot ]; then
    grep -o " $scratch[^ ]*" /proc/self/mounts | sort -r | while read -r at; do umount "$at" 2>/dev/null; done
    if grep -q " $scratch" /proc/self/mounts; then say "left in place, still mounted: $scratch"; return; fi
  fi
  if [ "$keep" = 1 ]; then say "kept: $scratch"; else rm -rf --one-file-system "$scratch"; fi
}
trap tidy EXIT
trap 'exit 130' INT TERM

declare -A roots=()      # stage name or number -> its root directory
declare -a environment=() # NAME=value of the current stage
root= workdir=/ user=0:0 stop=TERM stage=-1
entrypoint=() arguments=() health=()

# A base image: this machine's /usr, and an /etc with accounts and certificates. Its Node is hidden unless it is a
# node image, so that a step that needs it there fails here as it would there.
base() {
  local image=$1 at name
  mkdir -p "$root"/{tmp,etc,root}
  chmod 1777 "$root/tmp"
  [ "$REHEARSAL_MODE" = chroot ] || return 0
  mkdir -p "$root"/{usr,proc,dev,var,run}
  for name in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$name" ]; then cp -P "/$name" "$root/$name"; fi
  done
  mount --bind /usr "$root/usr" && mount -o remount,bind,ro "$root/usr" || fail "cannot mount /usr"
  mount --rbind /dev "$root/dev" && mount --rbind /proc "$root/proc" || fail "cannot mount /dev and /proc"
  for name in passwd group nsswitch.conf resolv.conf hosts ld.so.cache ld.so.conf ld.so.conf.d ssl ca-certificates alternatives; do
    [ -e "/etc/$name" ] && cp -rL "/etc/$name" "$root/etc/" 2>/dev/null
  done
  case $image in
    node:*) ;;
    *) for at in /usr/bin/node /usr/local/bin/node; do # files only: a link could lead out of the root
         if [ -f "$at" ] && [ ! -L "$at" ]; then mount --bind /dev/null "$root$at" || fail "cannot hide $at"; fi
       done ;;
  esac
}

# Paths of the image inside a plain folder.
inside() { sed -E "s#(^|[ =\"'])/(app|var)(/|[ \"']|\$)#\1$root/\2\3#g" <<<"$1"; }

# Runs a shell command in the current stage, as its user, with its environment and nothing else of ours.
run_in() { # $1 command, rest: its positional parameters
  local text=$1; shift
  local vars=("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" "${environment[@]}")
  local ca
  for ca in HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy NODE_EXTRA_CA_CERTS; do
    [ "${building:-1}" = 1 ] && [ -n "${!ca:-}" ] && vars+=("$ca=${!ca}")
  done
  if [ "$REHEARSAL_MODE" = chroot ]; then
    exec chroot --userspec="$user" "$root" /usr/bin/env -i "${vars[@]}" \
      /bin/sh -c "cd '$workdir' && $text" sh "$@"
  fi
  local mapped=() var
  for var in "${vars[@]}"; do
    case $var in PATH=*) mapped+=("PATH=$PATH") ;; *) mapped+=("$(inside "$var")") ;; esac
  done
  text=${text/install -d -o 10001 -g 10001/install -d}
  exec env -i "${mapped[@]}" /bin/sh -c "cd '$root$workdir' && $(inside "$text")" sh "$@"
}

copy() {
  local from=$project words=() word target source count
  for word in $1; do
    case $word in
      --from=*) from=${roots[${word#--from=}]:-}; [ -n "$from" ] || fail "COPY from an unknown stage: $word" ;;
      --*) fail "COPY $word is not rehearsed here" ;;
      *) words+=("$word") ;;
    esac
  done
  count=${#words[@]}
  target=${words[count - 1]}
  case $target in /*) target=$root$target ;; *) target=$root$workdir/$target ;; esac
  for source in "${words[@]:0:count-1}"; do
    [ -e "$from/$source" ] || fail "COPY: $source is not there"
    if [ -d "$from/$source" ]; then
      mkdir -p "$target" && cp -a "$from/$source/." "$target/" || fail "COPY $source"
    else
      case $target in */ | */.) mkdir -p "$target" ;; *) mkdir -p "$(dirname "$target")" ;; esac
      cp -a "$from/$source" "$target" || fail "COPY $source"
    fi
  done
}

# A JSON array of strings, one a line; the shell form becomes a call of sh.
listed() {
  case $1 in
    \[*) node -e 'for (const word of JSON.parse(process.argv[1])) console.log(word)' "$1" || fail "not JSON: $1" ;;
    *) printf '%s\n' /bin/sh -c "$1" ;;
  esac
}

step() { # $1 instruction, $2 rest
  local rest=$2 word
  say "  $1 $rest"
  case $1 in
    FROM)
      stage=$((stage + 1)); root=$scratch/stage-$stage
      environment=() workdir=/ user=0:0
      base "${rest%% *}"
      roots[$stage]=$root
      case $rest in *" AS "*) roots[${rest##* AS }]=$root ;; esac ;;
    WORKDIR) workdir=$rest; mkdir -p "$root$workdir" ;;
    COPY) copy "$rest" ;;
    ENV) for word in $rest; do environment+=("$word"); done ;;
    USER) user=$rest ;;
    RUN) (run_in "$rest") 2>&1 | sed 's/^/    | /'; [ "${PIPESTATUS[0]}" = 0 ] || fail "RUN $rest" ;;
    STOPSIGNAL) stop=${rest#SIG} ;;
    EXPOSE) ;;
    HEALTHCHECK) mapfile -t health < <(listed "${rest#*CMD }") ;;
    ENTRYPOINT) mapfile -t entrypoint < <(listed "$rest") ;;
    CMD) mapfile -t arguments < <(listed "$rest") ;;
    *) fail "the rehearsal does not know $1" ;;
  esac
}

if [ "$REHEARSAL_MODE" = chroot ]; then
  say "Rehearsal: each stage in a root directory of its own (chroot, mount namespace), base = this machine's /usr, read-only."
else
  say "Rehearsal: plain folders (no root or no mount namespaces): the steps and the program run, isolation and USER do not."
fi
say "Not rehearsed: the base images' own files, network and memory limits of a container."
say "Dockerfile:"
line=
while IFS= read -r part || [ -n "$part" ]; do
  case $part in \#* | "") continue ;; esac
  line="$line${part%\\}"
  case $part in *\\) continue ;; esac
  read -r instruction rest <<<"$line"
  step "$instruction" "$rest"
  line=
done < <(sed 's/[[:space:]]*$//' "$project/Dockerfile")

port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })') || exit 1
environment+=("PORT=$port")
building=0
say "Start: ${entrypoint[*]} ${arguments[*]} as ${user} with PORT=$port"
log=$scratch/program.log
(run_in 'exec "$@"' "${entrypoint[@]}" "${arguments[@]}") >"$log" 2>&1 </dev/null &
program=$!

started=$(date +%s%N)
millis() { echo $((($(date +%s%N) - $1) / 1000000)); }
transcript() { say "Program:"; sed 's/^/    | /' "$log" | { head -n 30; tail -n 15 | sed 's/^    |/    :/'; }; }

until curl --silent --fail --max-time 2 --output "$scratch/startupz" "http://127.0.0.1:$port/startupz"; do
  kill -0 "$program" 2>/dev/null || { transcript; wait "$program"; fail "the program ended with $? before /startupz answered"; }
  [ "$(millis "$started")" -lt $((start_seconds * 1000)) ] || { transcript; fail "/startupz did not answer in $start_seconds s"; }
  sleep 0.1
done
say "  /startupz 200 after $(millis "$started") ms: $(head -c 200 "$scratch/startupz")"
say "  uid of the program: $(stat -c %u "/proc/$program")"

code=$(curl --silent --max-time 3 --output "$scratch/health" --write-out '%{http_code}' "http://127.0.0.1:$port/health")
say "  /health $code: $(head -c 600 "$scratch/health")"
case $code in 200 | 503) ;; *) transcript; fail "/health answered $code" ;; esac
(run_in 'exec "$@"' "${health[@]}") >/dev/null 2>&1 || { transcript; fail "the health check of the image fails"; }
say "  health check of the image: exit 0"

sleep 2
say "Stop: SIG$stop"
stopped=$(date +%s%N)
kill -s "$stop" "$program"
while kill -0 "$program" 2>/dev/null && [ "$(millis "$stopped")" -lt 8000 ]; do sleep 0.05; done
took=$(millis "$stopped")
if kill -0 "$program" 2>/dev/null; then transcript; fail "still running $took ms after SIG$stop"; fi
wait "$program"; code=$?
program=
transcript
[ "$code" = 0 ] || fail "exit code $code after SIG$stop"
say "PASSED: started, answered, and ended with 0 after $took ms."
