// The only shell text that Tapline sends: two constant scripts. User data never becomes part of them; it follows as
// quoted positional arguments. LAUNCH says who the process is and becomes the command; END ends its whole tree.
//
// LAUNCH leaves no helper behind: it writes one line to stdout and one to stderr, so that what a login printed before can be
// told from the command's own output, and then `exec`s, so that exit code and signals are the command's own. Half a batch file must not
// be acted on because a connection broke: a short standard input comes as an argument, whole or not at all. A long one is
// sent only after that line, since a login script may read what it finds, and it is received whole, into a file without a
// name, before the command starts. sshd gives every session without a terminal its
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

export interface RemoteTree {
  readonly identity: RemoteIdentity
  /** Runs as root, so that an ordinary user can end it through sudo alone. */
  readonly isPrivileged: boolean
}

/** Exit code when the standard input did not come whole; told apart from the command's own 97 by the line on stderr. */
const INPUT_REFUSED = 97

/**
 * $1: a token for the launch lines; $2: bytes of standard input, - for none, or = where the next argument is it; the rest: the command. The sbin directories are
 * added because ip, tcpdump and ovs-vsctl live there and the PATH of an ordinary login lacks them. LC_ALL=C makes messages
 * readable to parsers. Lines before the token were meant for a login script that waited for one.
 */
const LAUNCH_SCRIPT = [
  'LC_ALL=C',
  'PATH="${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin"',
  'export LC_ALL PATH',
  'read -r boot </proc/sys/kernel/random/boot_id',
  'read -r stat </proc/self/stat',
  'token=$1 bytes=$2 line= file=',
  'shift 2',
  'printf "\\036%s \\n" "$token"',
  'printf "\\036%s %s %s %s\\n" "$token" "$boot" "$$" "$stat" >&2',
  '[ "$bytes" != - ] || exec "$@"',
  'if [ "$bytes" = = ]; then',
  '  input=$1',
  '  shift',
  '  exec "$@" <<INPUT',
  '$input',
  'INPUT',
  'fi',
  `refuse() { printf "\\036%s input %s\\n" "$token" "$1" >&2; exit ${INPUT_REFUSED}; }`,
  'until [ "$line" = "$token" ]; do read -r line || refuse 0; done',
  'for directory in /dev/shm /tmp /run /var/tmp; do',
  '  file=$directory/tapline-$token',
  // Made anew, or not at all: -C opens nothing that is there.
  '  (umask 077; set -C; : >"$file") 2>/dev/null && break',
  '  file=',
  'done',
  '[ -n "$file" ] || refuse -',
  'exec 3>"$file" 4<"$file" 5<"$file"',
  'rm -f -- "$file"',
  'cat >&3',
  'got=$(wc -c <&5)',
  '[ "$got" -eq "$bytes" ] || refuse "$got"',
  'exec <&4 3>&- 4<&- 5<&-',
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
# Tenths of a second since the boot: on a busy host a look takes longer than the pause after it.
now() { read -r up rest </proc/uptime; now=\${up%.*} tenths=\${up#*.} now=$now\${tenths%?}; }
for signal do
  members || exit 0
  for member in $known; do kill -s "$signal" "\${member%%:*}" 2>/dev/null; done
  now
  end=$((now + patience))
  while [ "$now" -lt "$end" ]; do
    members || exit 0
    sleep 0.1
    now
  done
done
members || exit 0
exit 1`

/** sshd passes the line to the login shell as one argument, and Linux takes 128 KiB for one (MAX_ARG_STRLEN). */
const MAX_LINE_BYTES = 128 * 1024 - 1

/** A pipe holds 64 KiB (pipe(7)): a here-document that fits waits for no reader, so that whatever the shell writes it by does not stay beside the command. */
const MAX_ENCLOSED_BYTES = 60 * 1024

/** Whether the input is an argument of the line that starts the command. A here-document ends with a line end, and no argument holds a NUL. */
export const isEnclosed = (stdin: string): boolean =>
  stdin.endsWith('\n') && !/\0|\p{Surrogate}/u.test(stdin) && Buffer.byteLength(quoteArgv([stdin])) <= MAX_ENCLOSED_BYTES

/** The line that starts a command and announces it under `token`. */
export function renderLaunch(command: Pick<Command, 'argv' | 'isPrivileged' | 'stdin'>, token: string, hasSudo: boolean): string {
  assertRunnable(command.argv)
  const prefix = hasSudo && command.isPrivileged ? ['sudo', '-n', '--'] : []
  const line = quoteArgv(['exec', 'sh', '-c', LAUNCH_SCRIPT, 'tapline', token, ...inputWords(command.stdin), ...prefix, ...command.argv])
  if (Buffer.byteLength(line) <= MAX_LINE_BYTES) return line
  const says = `A command line over ${MAX_LINE_BYTES} bytes cannot be sent; pass the data on standard input.`
  throw new AppError('invalid_input', says, { field: 'argv' })
}

function inputWords(stdin: string | undefined): readonly string[] {
  if (!stdin) return ['-']
  return isEnclosed(stdin) ? ['=', stdin.slice(0, -1)] : [String(Buffer.byteLength(stdin))]
}

/**
 * Bytes that had come when the launch script refused to start the command, `-` where the host had no place for them; null when
 * it did not refuse.
 */
export function refusedInput(
  { exitCode, stderr }: { readonly exitCode: number | null; readonly stderr: string },
  token: string,
): string | null {
  if (exitCode !== INPUT_REFUSED) return null
  return new RegExp(`${LAUNCH_MARK}${token} input (-|\\d+)\\n`).exec(stderr)?.[1] ?? null
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
