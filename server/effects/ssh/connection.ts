// One SSH connection to one host: made once, shared by all commands, never repaired. When it is lost, everything that
// runs on it fails with one clear reason, and host-link.ts makes a new one for the next command. The host key is checked
// against the pin inside the handshake, so nothing is ever sent to a host that is not the right one.

import { setTimeout as delay } from 'node:timers/promises'
import ssh2 from 'ssh2'
import { AppError } from '@/server/core/app-error'
import { quoteArgv } from '@/server/core/commands/quote'
import { ChannelLimit, MAX_CONTROL_CHANNELS } from './channel-limit'
import { type ConnectTimes, DEFAULT_CONNECT_TIMES, toConnectConfig } from './connect-config'
import { toConnectError } from './connect-error'
import { within } from './deferred'
import type { RemoteTree } from './remote-script'
import { assertUsableAccess, type HostAccess } from './host-access'
import { describeHostKey, refuseHostKey } from './host-key'

/**
 * sshd frees a session only after it has read our half of the closing, so right after a burst it may count channels that
 * are gone for us. Nothing has run when it refuses, so asking again is safe. A lasting refusal is host-link.ts's matter.
 */
const OPEN_RETRY_DELAYS_MS = [5, 20, 80, 320, 1000]

const FAREWELL_MS = 2_000

/** Waits for its end and does nothing; holds a session open meanwhile. */
const HOLD_LINE = quoteArgv(['exec', 'cat'])
/** A login script may take its time before the end is noticed. */
const HOLD_CLOSE_MS = 5_000

export class SshConnection {
  readonly controls = new ChannelLimit(MAX_CONTROL_CHANNELS)
  /** Processes that ran when the connection was lost; the next connection ends them. */
  readonly leftBehind: RemoteTree[] = []
  #lost: AppError | null = null
  #isClosedByUs = false
  #openChannels = 0
  /** Sessions that have been open at the same time: so many the host allows. */
  #mostOpen = 0

  constructor(
    private readonly client: ssh2.Client,
    readonly access: HostAccess,
    readonly endPatienceMs: number,
  ) {
    let reason: unknown
    const lose = () => (this.#lost ??= lostError(access, this.#isClosedByUs, reason))
    client.on('error', (error) => {
      reason ??= error
      lose()
    })
    client.on('end', lose)
    client.on('close', lose)
  }

  get isOpen(): boolean {
    return this.#lost === null && !this.#isClosedByUs
  }

  /** Why it is gone; a running command that sees its channel vanish reports this. */
  get lost(): AppError {
    return this.#lost ?? lostError(this.access, this.#isClosedByUs, undefined)
  }

  /** Runs `attach` in the same turn in which the channel opens, so that no early event is missed. */
  async exec<T>(line: string, attach: (channel: ssh2.ClientChannel) => T): Promise<T> {
    for (const delayMs of OPEN_RETRY_DELAYS_MS) {
      const attempt = await this.#tryExec(line, attach)
      if (!attempt.isRefused) return attempt.value
      await delay(delayMs)
    }
    // Commands get by with fewer from now on, and leave one session for ending them: not two.
    this.controls.lowerTo(1)
    throw new TooManySessions(this.access.name, this.#openChannels > 0 ? this.#mostOpen : 0)
  }

  /**
   * Rejects with TooManySessions unless the host allows `count` sessions at once. MaxSessions cannot be asked for, so what is
   * still missing is opened and closed again; once per connection, since sshd keeps its configuration for as long.
   */
  async prove(count: number): Promise<void> {
    if (this.#mostOpen >= count) return
    const missing = Math.max(0, count - this.#openChannels)
    const tries = await Promise.allSettled(Array.from({ length: missing }, () => this.exec(HOLD_LINE, (channel) => channel)))
    await Promise.all(tries.map((each) => (each.status === 'fulfilled' ? letGo(each.value) : null)))
    for (const each of tries) if (each.status === 'rejected') throw each.reason
  }

  close(): void {
    this.#isClosedByUs = true
    this.client.end()
    // A peer that never answers the farewell would keep the socket, and with it this process, alive.
    setTimeout(() => this.client.destroy(), FAREWELL_MS).unref()
  }

  #tryExec<T>(line: string, attach: (channel: ssh2.ClientChannel) => T): Promise<Attempt<T>> {
    return new Promise((resolve, reject) => {
      if (!this.isOpen) return reject(this.lost)
      this.client.exec(line, (error, channel) => {
        if (!error) resolve({ isRefused: false, value: this.#adopt(channel, attach) })
        else if (isOpenRefusal(error)) resolve({ isRefused: true })
        else reject(this.isOpen ? execRefused(this.access.name, error) : this.lost)
      })
    })
  }

  #adopt<T>(channel: ssh2.ClientChannel, attach: (channel: ssh2.ClientChannel) => T): T {
    this.#openChannels += 1
    this.#mostOpen = Math.max(this.#mostOpen, this.#openChannels)
    channel.once('close', () => (this.#openChannels -= 1))
    return attach(channel)
  }
}

/**
 * Nothing was run. So many of ours have been open at the same time, so that many the host allows; those that are open at the
 * moment of the refusal may be fewer, since others end meanwhile. 0: it refused although nothing else was open.
 */
export class TooManySessions extends AppError {
  constructor(
    name: string,
    readonly allowed: number,
  ) {
    const advice = 'Set MaxSessions in its sshd_config to 10, which is the default, or more.'
    super('host_unreachable', `${name} refuses to run another command on its connection. ${advice}`, { host: name })
  }
}

async function letGo(channel: ssh2.ClientChannel): Promise<void> {
  const closed = new Promise((resolve) => channel.once('close', resolve))
  channel.resume()
  channel.stderr.resume()
  channel.on('error', () => undefined)
  channel.end()
  await within(HOLD_CLOSE_MS, closed)
}

/** Only a server's refusal to open a channel carries a reason (RFC 4254 5.1). */
function isOpenRefusal(error: Error): boolean {
  return 'reason' in error && error.reason !== ''
}

type Attempt<T> = { readonly isRefused: true } | { readonly isRefused: false; readonly value: T }

/** Connects, checks the host key, logs in. Rejects with an AppError in every case of failure. */
export async function openConnection(access: HostAccess, times: ConnectTimes = DEFAULT_CONNECT_TIMES): Promise<SshConnection> {
  assertUsableAccess(access)
  let refusal: AppError | null = null
  const config = toConnectConfig(access, times, (blob) => {
    refusal = refuseHostKey(access, describeHostKey(blob))
    return refusal === null
  })
  const client = new ssh2.Client()
  try {
    await logIn(client, config)
    return new SshConnection(client, access, times.endPatienceMs)
  } catch (error) {
    client.destroy()
    throw toConnectError(access, refusal ?? error, times.readyTimeoutMs)
  }
}

function logIn(client: ssh2.Client, config: ssh2.ConnectConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    // The first error is the reason; the listener stays, because later ones without a listener would end the process.
    client.on('error', reject)
    client.on('close', () => reject(new Error('closed during the login')))
    // Commands are small and answered at once; Nagle's algorithm would hold each back for the previous one's answer.
    client.on('connect', () => client.setNoDelay(true))
    client.on('ready', resolve)
    client.on('keyboard-interactive', (...args) => answerPassword(config.password ?? '', args))
    client.connect(config)
  })
}

type KeyboardInteractive = [
  name: string,
  instructions: string,
  language: string,
  prompts: ssh2.Prompt[],
  finish: (answers: string[]) => void,
]

/** Answers one hidden question with the password. A second question would be for something we do not have. */
function answerPassword(password: string, [, , , prompts, finish]: KeyboardInteractive): void {
  finish(prompts.length === 1 && prompts[0]?.echo === false ? [password] : [])
}

function lostError({ name }: HostAccess, isClosedByUs: boolean, cause: unknown): AppError {
  if (isClosedByUs) return new AppError('cancelled', `The connection to ${name} was closed by Tapline.`, { host: name }, cause)
  const says = `The connection to ${name} was lost. The next command connects again.`
  return new AppError('host_unreachable', says, { host: name }, cause)
}

function execRefused(name: string, cause: unknown): AppError {
  const says = `${name} refused to start a command. Check that this user may run commands over SSH.`
  return new AppError('command_failed', says, { host: name }, cause)
}
