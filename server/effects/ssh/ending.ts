// How a command ended -> its result, or the one AppError that says why there is none. The order of the questions matters:
// why we stopped it comes before what the stopping did to it, and a lost connection before a missing exit code.

import { AppError, type AppErrorCode } from '@/server/core/app-error'
import type { Command, CommandResult } from '@/server/core/commands/command'
import { howItFailed } from '@/server/core/explain/command'
import { quoteArgv } from '@/server/core/commands/quote'
import type { SshConnection } from './connection'
import { END_COMMAND, type EndManner } from './end-tree'
import type { ProcessExit, RemoteProcess } from './remote-process'
import type { StopReason, StopRequest } from './stop-request'
import { findSudoRefusal } from './sudo-refusal'

export interface Ending {
  readonly exit: ProcessExit
  readonly stopped: StopReason | null
  /** For a stopped command: nothing of it is left on the host. */
  readonly isEnded: boolean
}

export interface Report {
  readonly connection: SshConnection
  readonly command: Command
  readonly process: RemoteProcess
  readonly ending: Ending
  readonly stdout: string
  readonly isStdoutTruncated: boolean
  readonly startedAtMs: number
  /** The error that made us stop it, if one did. */
  readonly cause?: unknown
}

/** Of the error that says that a login started nothing. */
export const LOGIN_RULE = 'login-shell'

type FailedStop = Exclude<StopReason, 'stopped'>

const STOPS: Record<FailedStop, { readonly code: AppErrorCode; readonly what: (command: Command) => string }> = {
  timed_out: { code: 'command_timed_out', what: ({ timeoutMs }) => `did not finish within ${timeoutMs / 1000} s` },
  cancelled: { code: 'cancelled', what: () => 'was cancelled' },
  output_too_large: { code: 'output_too_large', what: () => 'printed more than is accepted' },
  handler_failed: { code: 'internal', what: () => 'printed something that could not be handled' },
}

/** Enough of a program's complaint for a message or a log; the result holds more. */
const MAX_CONTEXT_TEXT = 8_000
const MAX_SHOWN_COMMAND = 120

/**
 * Waits for the process to have started, or for a stop. On a network that has died, starting may take until the
 * keep-alive notices; a caller who cancels meanwhile gets away, and a process that starts too late is ended at once.
 */
export async function awaitStart(
  host: string,
  command: Command,
  starting: Promise<RemoteProcess>,
  stop: StopRequest,
): Promise<RemoteProcess> {
  const first = await Promise.race([starting, stop.requested])
  if (typeof first !== 'string') return first
  starting.then((late) => late.end(END_COMMAND)).catch(() => undefined)
  const code = first === 'timed_out' ? 'command_timed_out' : 'cancelled'
  const says = `${host}: ${showCommand(command)} was given up before the host confirmed its start.`
  throw new AppError(code, says, { host, argv: command.argv })
}

/** Waits for the end of a process, or brings it about when a stop is requested. */
export async function awaitEnding(process: RemoteProcess, stop: StopRequest, manner: EndManner): Promise<Ending> {
  const stopped = await Promise.race([process.closed.then(() => null), stop.requested])
  const isEnded = stopped === null || (await process.end(manner))
  return { exit: await process.closed, stopped, isEnded }
}

/** The result of a command that ran to its end, whatever its exit code; throws for every other ending. */
export function toResult(report: Report): CommandResult {
  const result = describeResult(report)
  const { connection, command, process, ending } = report
  if (ending.stopped !== null && ending.stopped !== 'stopped') throw stopError(report, result, ending.stopped)
  const hasExit = ending.exit.exitCode !== null || ending.exit.signal !== undefined
  if (!hasExit && !connection.isOpen) throw lostError(report, result)
  if (!process.launch.isFound && ending.stopped === null) throw notLaunchedError(report, result)
  if (process.refusedInput !== null) throw inputError(report, result, process.refusedInput)
  const refusal = command.isPrivileged ? findSudoRefusal(result, connection.access.user) : null
  if (refusal !== null) throw refusal
  return result
}

/** Throws command_failed unless the command's exit code is one it accepts. */
export function assertAccepted(command: Command, result: CommandResult): CommandResult {
  const accepted = command.acceptedExitCodes ?? [0]
  if (result.exitCode !== null && accepted.includes(result.exitCode)) return result
  throw new AppError('command_failed', `${result.host}: ${showCommand(command)} ${howItFailed(result)}.`, contextOf(result))
}

function describeResult({ connection, command, process, ending, stdout, ...rest }: Report): CommandResult {
  const { exitCode, signal, isAbandoned } = ending.exit
  return {
    host: connection.access.name,
    argv: command.argv,
    exitCode,
    ...(signal !== undefined && { signal }),
    stdout,
    stderr: process.stderr.text(),
    // Tenths: a run over an open connection takes a few milliseconds.
    durationMs: Math.round((performance.now() - rest.startedAtMs) * 10) / 10,
    isTruncated: rest.isStdoutTruncated || process.stderr.isTruncated || isAbandoned,
  }
}

function stopError(report: Report, result: CommandResult, reason: FailedStop): AppError {
  const { command, process, ending, cause } = report
  const { code, what } = STOPS[reason]
  const pid = process.launch.identity?.pid
  const left = pid === undefined ? 'it may still run' : `it may still run as process ${pid}`
  const after = ending.isEnded ? 'and was ended' : `and could not be ended; ${left}`
  const says = `${result.host}: ${showCommand(command)} ${what(command)} ${after}.`
  return new AppError(code, says, { ...contextOf(result), isEnded: ending.isEnded, ...(pid !== undefined && { pid }) }, cause)
}

function lostError({ connection, command }: Report, result: CommandResult): AppError {
  const { lost } = connection
  const says = `${result.host}: the connection was lost while ${showCommand(command)} ran; whether it took effect is not known.`
  return new AppError(lost.code, says, contextOf(result), lost)
}

function notLaunchedError({ process, command }: Report, result: CommandResult): AppError {
  const said = process.greeting.slice(0, 300)
  const says =
    `${result.host}: the login did not start ${showCommand(command)}. The user needs a POSIX shell (sh, bash, dash, zsh) as ` +
    `login shell and no forced command.${said === '' ? '' : ` The host said: ${said}`}`
  return new AppError('command_failed', says, { ...contextOf(result), rule: LOGIN_RULE })
}

function inputError({ command }: Report, result: CommandResult, got: string): AppError {
  const wanted = Buffer.byteLength(command.stdin ?? '')
  const why =
    got === '-' ? 'the host has no place to receive it: /dev/shm, /tmp, /run and /var/tmp take no file' : `${got} of ${wanted} bytes came`
  const hint = got === '0' ? ' A login script that reads its input (~/.bashrc, ~/.profile) takes it away.' : ''
  const says = `${result.host}: ${showCommand(command)} was not started, because its input did not arrive whole: ${why}.${hint}`
  return new AppError('command_failed', says, { ...contextOf(result), rule: 'whole-input' })
}

function contextOf({ host, argv, exitCode, signal, stderr, durationMs }: CommandResult) {
  return { host, argv, exitCode, ...(signal !== undefined && { signal }), stderr: stderr.slice(0, MAX_CONTEXT_TEXT), durationMs }
}

/** A script that travels as an argument is named, not quoted: its first lines say nothing of what it is for. */
function showCommand(command: Command): string {
  const line = quoteArgv(command.argv.map((word) => (word.includes('\n') ? 'SCRIPT' : word)))
  return line.length <= MAX_SHOWN_COMMAND ? `"${line}"` : `"${line.slice(0, MAX_SHOWN_COMMAND)}…"`
}
