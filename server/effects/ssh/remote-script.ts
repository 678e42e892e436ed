// The only shell text that Tapline sends: two constant scripts. User data never becomes part of them; it follows as
// quoted positional arguments. LAUNCH says who the process is and becomes the command; END ends its whole tree.
//
// LAUNCH costs no extra round trip and leaves no helper behind: it writes one line to stderr, with builtins alone, and
// then `exec`s, so stdin, exit code and signals are the command's own. sshd gives every session without a terminal its
// own session id (OpenSSH session.c, do_exec_no_pty: setsid), so that the launched pid is also the id under which END
// finds the tree, whatever process groups it forms and whatever signals it ignores.

import { AppError } from '@/server/core/app-error'
import type { Command } from '@/server/core/commands/command'
import { quoteArgv } from '@/server/core/commands/quote'

/** Begins the launch line; a control character that no login greeting uses. */
export const LAUNCH_MARK = '\u001e'

/** A process of a host, named so that no other process can be mistaken for it. */
export interface RemoteIdentity {
  /** The boot the pid belongs to: after a reboot the same number is somebody else. */
  readonly bootId: string
  readonly pid: number
  /** Start time in clock ticks since boot, field 22 of proc_pid_stat(5); tells a reused pid apart. */
  readonly startTicks: string
}

/**
 * $1: a token for the launch line; the rest: the command. The sbin directories are added because ip, tcpdump and
 * ovs-vsctl live there and the PATH of an ordinary login lacks them. LC_ALL=C makes messages readable to parsers.
 */
const LAUNCH_SCRIPT = [
  'LC_ALL=C',
  'PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"',
  'export LC_ALL PATH',
  'read -r boot </proc/sys/kernel/random/boot_id',
  'read -r stat </proc/self/stat',
  'printf "\\036%s %s %s %s\\n" "$1" "$boot" "$$" "$stat" >&2',
  'shift',
  'exec "$@"',
].join('\n')

/**
 * Reads /proc/<pid>/stat lines and prints `pid:start` of every living member of the tree: the root, its session, and all
 * descendants, even in sessions of their own (sudo makes one when it logs input and output). `known` carries members
 * seen before, which stay members when their parent dies. The command name may hold blanks and brackets, but its
 * brackets end at the line's last `) `, and the kernel escapes newlines in it (fs/proc/array.c, do_task_stat).
 */
const MEMBERS_AWK = `
{ pid = $1; sub(/^.*\\) /, ""); if ($1 == "Z" || $1 == "X") next
  parent[pid] = $2; session[pid] = $4; start[pid] = $20 }
END {
  n = split(known, list, " ")
  for (i = 1; i <= n; i++) { split(list[i], part, ":"); if ((part[1] in start) && start[part[1]] == part[2]) hit[part[1]] = 1 }
  if (!(root in start) || start[root] == born)
    for (pid in start) if (pid == root || (session[pid] == root && start[pid] + 0 >= born + 0)) hit[pid] = 1
  do { grown = 0; for (pid in start) if (!(pid in hit) && (parent[pid] in hit)) { hit[pid] = 1; grown = 1 } } while (grown)
  for (pid in hit) printf "%s:%s ", pid, start[pid]
}`

/** $1 boot id, $2 root pid, $3 its start, $4 tenths of a second between signals, $5 the awk program, then the signals. */
const END_SCRIPT = `
read -r boot </proc/sys/kernel/random/boot_id
[ "$boot" = "$1" ] || exit 0
root=$2 born=$3 patience=$4 program=$5 known=
shift 5
members() {
  known=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="$root" -v born="$born" -v known="$known" "$program")
  [ -n "$known" ]
}
for signal do
  members || exit 0
  for member in $known; do kill -s "$signal" "\${member%%:*}" 2>/dev/null; done
  tick=0
  while [ "$tick" -lt "$patience" ]; do
    members || exit 0
    sleep 0.1
    tick=$((tick + 1))
  done
done
members || exit 0
exit 1`

/** sshd passes the line to the login shell as one argument, and Linux takes 128 KiB for one (MAX_ARG_STRLEN). */
const MAX_LINE_BYTES = 128 * 1024 - 1

/** The line that starts a command and announces it under `token`. */
export function renderLaunch(command: Pick<Command, 'argv' | 'isPrivileged'>, token: string, hasSudo: boolean): string {
  assertRunnable(command.argv)
  const prefix = hasSudo && command.isPrivileged ? ['sudo', '-n', '--'] : []
  const line = quoteArgv(['exec', 'sh', '-c', LAUNCH_SCRIPT, 'tapline', token, ...prefix, ...command.argv])
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line
  const says = `A command line over ${MAX_LINE_BYTES} bytes cannot be sent; pass the data on standard input.`
  throw new AppError('invalid_input', says, { field: 'argv' })
}

/** The line that ends a process tree with each signal in turn; exit code 0 when nothing of it is left. */
export function renderEnd(process: RemoteIdentity, signals: readonly string[], patienceMs: number, hasSudo: boolean): string {
  const facts = [process.bootId, String(process.pid), process.startTicks, String(Math.ceil(patienceMs / 100)), MEMBERS_AWK]
  const prefix = hasSudo ? ['sudo', '-n', '--'] : []
  return quoteArgv(['exec', ...prefix, 'sh', '-c', END_SCRIPT, 'tapline', ...facts, ...signals])
}

function assertRunnable(argv: readonly string[]): void {
  const program = argv[0] ?? ''
  // A leading dash would be read as an option of sudo or exec.
  if (program !== '' && !program.startsWith('-')) return
  throw new AppError('invalid_input', 'A command begins with the name of a program.', { field: 'argv.0' })
}
