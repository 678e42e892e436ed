// A command is data: an argv array with its standard input, never a shell string. Rendering it for a transport is the
// transport's job (quote.ts does it for SSH). Nothing here runs anything.

/** One program run on a host. */
export interface Command {
  /** Program and arguments. Each element reaches the program exactly as written; no shell sees it unquoted. */
  readonly argv: readonly string[]
  /** Text fed to standard input; batch files (ip -batch, ovs-ofctl --bundle, iptables-restore) travel here. */
  readonly stdin?: string
  /** Needs root: run as is when the login is root, through `sudo -n` otherwise. */
  readonly isPrivileged: boolean
  /** Changes the host. To one that is read-only no such command is sent (effects/ssh/host-access.ts). */
  readonly isMutating: boolean
  /** Ends the remote process after this long. */
  readonly timeoutMs: number
  /** Exit codes that count as success; [0] when absent. */
  readonly acceptedExitCodes?: readonly number[]
}

/** What came of a command. A failure keeps everything an operator needs to repeat it by hand. */
export interface CommandResult {
  readonly host: string
  readonly argv: readonly string[]
  /** Null when the process was ended by a signal, a time-out or a lost connection. */
  readonly exitCode: number | null
  readonly signal?: string
  readonly stdout: string
  readonly stderr: string
  readonly durationMs: number
  /** Output beyond the bound was dropped. */
  readonly isTruncated: boolean
}

/** Far more than any command needs on a machine; a host that is emulated itself is fifty times slower. */
const DEFAULT_TIMEOUT_MS = 60_000

/** A command that only reads; root because most facts of other namespaces are root's. */
export function readCommand(argv: readonly string[], options: Partial<Command> = {}): Command {
  return { argv, isPrivileged: true, isMutating: false, timeoutMs: DEFAULT_TIMEOUT_MS, ...options }
}

/** A command that changes the host. */
export function changeCommand(argv: readonly string[], options: Partial<Command> = {}): Command {
  return { argv, isPrivileged: true, isMutating: true, timeoutMs: DEFAULT_TIMEOUT_MS, ...options }
}
