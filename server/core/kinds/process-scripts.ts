// Scripts for processes of ours, each with a directory that holds its files and its pid. A pid is trusted only while that process still names our pid
// file in its command line. All of a host are served by one command per verb, with their data on standard input: a trunk may touch hundreds. What
// all of them need is done by one program, and what each needs a program for is done side by side.
// Constant text. Their input is a line per process, of namespace (`-` is the root's), directory and the words of the command that starts it, with tabs
// between.

/** Of any process of ours. */
export interface Process {
  readonly netns: string
  readonly directory: string
}

export const processLine = ({ netns, directory }: Process, argv: readonly string[] = []): string =>
  [netns === '' ? '-' : netns, directory, ...argv].join('\t')

/** `find DIRECTORY` sets pid, empty unless it is ours: all command lines are looked at by one grep. */
export const FIND = String.raw`set -f
tab=$(printf '\t') line='
'
servers=$(cat) pids=
IFS=$line
for server in $servers; do
  dir=${'$'}{server#*"$tab"} dir=${'$'}{dir%%"$tab"*} pid=
  read -r pid <"$dir/pid"
  case $pid in '' | *[!0-9]*) ;; *) pids="$pids/proc/$pid/cmdline$line" ;; esac
done 2>/dev/null
found=$line$(grep -aHszo -e '/.*/pid$' $pids /dev/null | tr '\000' '\n')$line
find() {
  pid=
  { read -r pid <"$1/pid"; } 2>/dev/null
  case $found in *"$line/proc/$pid/cmdline:$1/pid$line"*) ;; *) pid= ;; esac
}`

/** `wake PID`: one that was stopped by a signal goes on, and reads its files as they are by now. */
export const WAKE = String.raw`wake() {
  read -r stat <"/proc/$1/stat" || return 0
  case $stat in *') T '*) kill -CONT "$1" && kill -HUP "$1" ;; esac
}`

/** `end PID...` waits up to 5 s for them to end by themselves. */
export const END = String.raw`end() {
  IFS=' '
  [ $# = 0 ] || kill "$@" 2>/dev/null
  n=0 left=$*
  while :; do
    still=
    for pid in $left; do if kill -0 "$pid" 2>/dev/null; then still="$still $pid"; fi; done
    left=$still n=$((n + 1))
    [ -n "$left" ] || break
    [ "$n" -le 250 ] || kill -KILL $left
    sleep 0.02
  done
}`

/** `serve NAMESPACE PROGRAM ARGUMENT...` is what is done to one process, of which $dir and $pid are known. */
export const EACH = String.raw`work() {
  IFS=$tab
  set -- $1
  name=$1 dir=$2
  shift 2
  find "$dir"
  serve "$name" "$@" </dev/null
}
items=$servers
side_by_side`

export const STOP = String.raw`${FIND}
${END}
set --
for server in $servers; do
  dir=${'$'}{server#*"$tab"} dir=${'$'}{dir%%"$tab"*}
  find "$dir"
  [ -z "$pid" ] || set -- "$@" "$pid"
done
end "$@"`

/** The parent directory is ours too once nothing is in it. */
export const STOP_AND_REMOVE = String.raw`${STOP}
set --
IFS=$line
for server in $servers; do dir=${'$'}{server#*"$tab"} && set -- "$@" "${'$'}{dir%%"$tab"*}"; done
rm -rf -- "$@" || exit
rmdir -- "${'$'}{1%/*}" 2>/dev/null || true`

/** Directories, an empty line, files that go, an empty line, then frames of a line `FILE LINES`, with a tab between, and so many lines. */
export const WRITE_FILES = String.raw`set --
while IFS= read -r dir && [ -n "$dir" ]; do set -- "$@" "$dir"; done
mkdir -p -- "$@" || exit
set --
while IFS= read -r file && [ -n "$file" ]; do set -- "$@" "$file"; done
[ $# = 0 ] || rm -f -- "$@" || exit
exec awk -F '\t' '
  left == 0 { file = $1; left = $2; printf "" >file; if (left == 0) close(file); next }
  { print >file; if (--left == 0) close(file) }
'`

/** Its input. Texts end with a line break, or are empty. */
export function fileLines(
  directories: readonly string[],
  gone: readonly string[],
  files: readonly (readonly [path: string, text: string])[],
): string[] {
  const frames = files.flatMap(([path, text]) => {
    const lines = text === '' ? [] : text.slice(0, -1).split('\n')
    return [`${path}\t${lines.length}`, ...lines]
  })
  return frames.length + gone.length === 0 ? [] : [...directories, '', ...gone, '', ...frames]
}
