// One command for many network namespaces. Each needs a program of its own, which is what takes the time, so several run side by side. All are tried;
// what one of them said of its trouble stands behind its name, and the command fails when one failed.

import { changeCommand, type Command } from '../commands/command'
import { oncePer } from '../once-per'

/** The programs sleep in turns: the kernel takes namespaces and devices one after the other. */
const WORKERS = 8

/**
 * Shell functions, constant text. `inside NAMESPACE PROGRAM ARGUMENT...`: nsenter is faster than `ip netns exec`, and leaves no copy of the
 * mount table with what it starts.
 * `side_by_side ARGUMENT...` calls `work ITEM ARGUMENT...` for each line of $items, and exits when one failed. `work` sets $name and starts
 * programs in the foreground: that costs a shell no copy of itself.
 */
export const SIDE_BY_SIDE = String.raw`set -f
line='
'
inside() {
  netns=$1; shift
  case $1 in
  ip) shift; ip -n "$netns" "$@" ;;
  *) if command -v nsenter >/dev/null; then nsenter --net="/run/netns/$netns" "$@"; else ip netns exec "$netns" "$@"; fi ;;
  esac
}
scratch=$(mktemp -d) || exit
trap 'rm -rf -- "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
failed=0
share() {
  worker=$1 at=0; shift
  IFS=$line
  for item in $items; do
    if [ $((at % ${WORKERS})) = "$worker" ] && ! work "$item" "$@" >"$scratch/said.$worker" 2>&1; then
      failed=$((failed + 1))
      printf '%s: %s\n' "$name" "$(cat "$scratch/said.$worker")" >&2
    fi
    at=$((at + 1))
  done
  exit $((failed > 255 ? 255 : failed))
}
count() { total=$#; }
side_by_side() {
  IFS=$line
  count $items
  IFS=' ' next=0 pids= before=$failed failed=0
  while [ $next -lt ${WORKERS} ] && [ $next -lt $total ]; do share $next "$@" & pids="$pids $!" next=$((next + 1)); done
  for pid in $pids; do wait "$pid"; failed=$((failed + $?)); done
  [ $failed = 0 ] || echo "failed: $failed of $total" >&2
  [ $((failed + before)) = 0 ] || exit 1
}`

/** "$@" is the program; standard input has frames of a line `NAMESPACE LINES` and so many lines, which are the program's input. */
const IN_EACH = String.raw`${SIDE_BY_SIDE}
items=$(awk -v scratch="$scratch" '
  left == 0 { file = scratch "/" $1 ".in"; left = $2; print $1; printf "" >file; if (left == 0) close(file); next }
  { print >file; if (--left == 0) close(file) }
') || exit
work() { name=$1; shift; inside "$name" "$@" <"$scratch/$name.in"; }
side_by_side "$@"`

const NAME = 'in-each-namespace'

export interface NamespaceInput {
  readonly netns: string
  readonly lines: readonly string[]
}

/** The step's input has the name of each. */
export const nameNamespaces = (inputs: readonly Pick<NamespaceInput, 'netns'>[]): string =>
  inputs.length === 1 ? inputs[0]!.netns : `${inputs.length} namespaces`

/** Beside what a program takes at most. */
const BASE_TIMEOUT_MS = 60_000
export const timeoutForMs = (servers: number): number => BASE_TIMEOUT_MS + servers * 1000

/** The same program in each namespace, with the namespace's own lines as its input. */
export function inEachNamespace(program: readonly string[], inputs: readonly NamespaceInput[]): Command {
  const [first] = inputs
  if (first && inputs.length === 1) return inOne(program, first)
  return changeCommand(['sh', '-c', IN_EACH, NAME, ...program], {
    stdin: text(inputs.flatMap(({ netns, lines }) => [`${netns} ${lines.length}`, ...lines])),
    timeoutMs: timeoutForMs(inputs.length),
  })
}

/** The same, read back: what such a command gives to its program in each namespace. */
export const inputsOf = oncePer(({ argv, stdin = '' }: Command): readonly NamespaceInput[] => {
  const lines = stdin.split('\n').slice(0, -1)
  if (argv[3] !== NAME) {
    const netns = argv[0] === 'ip' ? (argv[1] === '-n' ? argv[2] : argv[3]) : undefined
    return netns === undefined ? [] : [{ netns, lines }]
  }
  const inputs: NamespaceInput[] = []
  for (let at = 0; at < lines.length;) {
    const [netns = '', count] = lines[at]!.split(' ')
    const next = at + 1 + Number(count)
    inputs.push({ netns, lines: lines.slice(at + 1, next) })
    at = next
  }
  return inputs
})

/** What runs, wherever that is. */
export function programOf({ argv }: Command): readonly string[] {
  return isIpInside(argv) ? ['ip', ...argv.slice(3)] : argv.slice(programStart(argv))
}

/** The same with another program in its place. */
export function withProgram(command: Command, other: (program: readonly string[]) => readonly string[]): Command {
  const { argv } = command
  const program = other(programOf(command))
  if (isIpInside(argv)) return { ...command, argv: ['ip', 'netns', 'exec', argv[2] ?? '', ...program] }
  return { ...command, argv: [...argv.slice(0, programStart(argv)), ...program] }
}

const isIpInside = (argv: readonly string[]): boolean => argv[0] === 'ip' && argv[1] === '-n'
const programStart = (argv: readonly string[]): number =>
  argv[2] === IN_EACH || (argv[0] === 'ip' && argv[1] === 'netns' && argv[2] === 'exec') ? 4 : 0

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')
const inOne = (program: readonly string[], { netns, lines }: NamespaceInput): Command =>
  changeCommand(enter(netns, program), { stdin: text(lines) })

const enter = (netns: string, [program = '', ...args]: readonly string[]): string[] =>
  program === 'ip' ? ['ip', '-n', netns, ...args] : ['ip', 'netns', 'exec', netns, program, ...args]
