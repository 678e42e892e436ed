// One command running on a host: its channel, its identity, its output and its end. run.ts and stream.ts decide what to
// do with the output and when to stop; this file knows how a channel behaves. A process has ended when its channel has
// closed, that is when it exited *and* everybody who inherited its output has closed it.

import { randomBytes } from 'node:crypto'
import type { ClientChannel } from 'ssh2'
import type { Command } from '@/server/core/commands/command'
import { BoundedBytes } from './bounded-bytes'
import type { SshConnection } from './connection'
import { deferred, within } from './deferred'
import { type EndManner, endTree } from './end-tree'
import type { RemoteTree } from './remote-script'
import { assertMayRun, needsSudo } from './host-access'
import { LaunchLine } from './launch-line'
import { isEnclosed, refusedInput, renderLaunch } from './remote-script'

/** How the channel closed. Neither code nor signal: the connection was lost or the process could not be ended. */
export interface ProcessExit {
  readonly exitCode: number | null
  readonly signal?: string
  /** The process exited, but something it started keeps its output open; that rest was not waited for. */
  readonly isAbandoned: boolean
}

export interface ProcessOptions {
  readonly onStdout: (chunk: Buffer) => void
  readonly maxStderrBytes: number
  /** How long output may be silent after the exit before it is given up; null waits until the channel closes. */
  readonly drainMs: number | null
}

/** After this long without a launch line, the login shell is not going to start the command; a busy host takes seconds. */
const LAUNCH_PATIENCE_MS = 10_000
/**
 * A login script that asks for a line holds everything up. It gets an empty one, as from somebody who only presses Enter, and in
 * the end the end of its input; the launch script skips what was not taken.
 */
const NUDGE_MS = 2_000
const MAX_NUDGES = 5
/** Between the death of the tree and the closing of its channel lies only what is still in the pipe. */
const CLOSE_PATIENCE_MS = 2_000

/** Starts a command. Rejects when the command may not or cannot be sent; what happens afterwards is in `closed`. */
export async function startProcess(connection: SshConnection, command: Command, options: ProcessOptions): Promise<RemoteProcess> {
  assertMayRun(connection.access, command)
  const token = randomBytes(8).toString('hex')
  const line = renderLaunch(command, token, needsSudo(connection.access))
  return connection.exec(line, (channel) => new RemoteProcess(connection, channel, command, token, options))
}

export class RemoteProcess {
  readonly stderr: BoundedBytes
  readonly launch: LaunchLine
  readonly #stdoutLine: LaunchLine
  readonly #closed = deferred<ProcessExit>()
  readonly #launched = deferred<void>()
  #exit: { readonly exitCode: number | null; readonly signal?: string } | null = null
  #drainTimer: NodeJS.Timeout | undefined
  #nudgeTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly connection: SshConnection,
    private readonly channel: ClientChannel,
    private readonly command: Command,
    private readonly token: string,
    private readonly options: ProcessOptions,
  ) {
    this.stderr = new BoundedBytes(options.maxStderrBytes)
    this.launch = new LaunchLine(token, () => this.#launch())
    this.#stdoutLine = new LaunchLine(token, () => undefined)
    this.#listen()
    if (this.#input === null) channel.end()
    else this.#nudgeTimer = setTimeout(() => this.#nudge(1), NUDGE_MS)
  }

  /** What the login printed instead of starting the command. */
  get greeting(): string {
    return `${this.launch.heldText} ${this.#stdoutLine.heldText}`.trim()
  }

  /** Bytes of standard input that had come when the command was not started for want of the rest; null when it was started. */
  get refusedInput(): string | null {
    return refusedInput({ exitCode: this.#exit?.exitCode ?? null, stderr: this.stderr.text() }, this.token)
  }

  /** What is sent once the command is launched. */
  get #input(): string | null {
    const { stdin } = this.command
    return stdin && !isEnclosed(stdin) ? stdin : null
  }

  /** Settles once and never rejects. */
  get closed(): Promise<ProcessExit> {
    return this.#closed.promise
  }

  pause(): void {
    this.channel.pause()
  }

  resume(): void {
    this.channel.resume()
  }

  /** Ends the tree and waits for its last output. True when nothing of it is left on the host. */
  async end(manner: EndManner): Promise<boolean> {
    await within(LAUNCH_PATIENCE_MS, Promise.race([this.#launched.promise, this.closed]))
    const tree = this.#tree()
    const isEnded = tree !== null && (await endTree(this.connection, tree, manner))
    await within(CLOSE_PATIENCE_MS, this.closed)
    this.#abandon()
    return isEnded
  }

  /** The login is over, and reads nothing any more. */
  #launch(): void {
    clearTimeout(this.#nudgeTimer)
    this.#launched.resolve()
    if (this.#input === null || this.channel.writableEnded) return
    this.channel.write(`${this.token}\n`)
    this.channel.end(this.#input)
  }

  #nudge(count: number): void {
    if (count > MAX_NUDGES) return void this.channel.end()
    this.channel.write('\n')
    this.#nudgeTimer = setTimeout(() => this.#nudge(count + 1), NUDGE_MS)
  }

  #tree(): RemoteTree | null {
    const { identity } = this.launch
    return identity && { identity, isPrivileged: this.command.isPrivileged }
  }

  #listen(): void {
    const { channel } = this
    channel.on('data', (chunk: Buffer) => {
      const own = this.#stdoutLine.push(chunk)
      if (own.length > 0) this.options.onStdout(own)
      this.#armDrain()
    })
    channel.stderr.on('data', (chunk: Buffer) => {
      this.stderr.push(this.launch.push(chunk))
      this.#armDrain()
    })
    // A write to a program that no longer reads is not our failure; its exit code tells.
    channel.on('error', () => undefined)
    channel.on('exit', (exitCode: number | null, signal?: string) => {
      this.#exit = { exitCode, ...(signal !== undefined && { signal }) }
      this.#armDrain()
    })
    this.#settleWhenClosed()
  }

  #settleWhenClosed(): void {
    const [stdoutClosed, stderrEnded] = [deferred<void>(), deferred<void>()]
    this.channel.once('close', () => stdoutClosed.resolve())
    this.channel.stderr.once('end', stderrEnded.resolve)
    void Promise.all([stdoutClosed.promise, stderrEnded.promise]).then(() => this.#settle(false))
  }

  #armDrain(): void {
    const { drainMs } = this.options
    if (this.#exit === null || drainMs === null) return
    clearTimeout(this.#drainTimer)
    this.#drainTimer = setTimeout(() => this.#abandon(), drainMs)
  }

  /** Gives the channel up. What runs on keeps running; sshd discards its output. */
  #abandon(): void {
    this.#settle(true)
    this.channel.close()
    this.channel.resume()
  }

  #settle(isAbandoned: boolean): void {
    clearTimeout(this.#drainTimer)
    clearTimeout(this.#nudgeTimer)
    this.#closed.resolve({ exitCode: null, ...this.#exit, isAbandoned })
    // Settling twice is harmless: the first wins.
    const tree = this.#tree()
    if (!isAbandoned && this.#exit === null && tree !== null) this.connection.leftBehind.push(tree)
  }
}
