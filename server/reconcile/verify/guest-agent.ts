// Talks to the QEMU guest agent through libvirt: JSON in one argument, JSON back. Asks a guest for its addresses, lets it ping,
// and runs the commands of a trunk that the operator agreed to. A guest without an agent costs one error, not the verification.
//
//   {"return":[{"name":"eth0","hardware-address":"fa:16:3e:…","ip-addresses":[{"ip-address-type":"ipv4","ip-address":"10.0.0.5","prefix":24}]}]}

import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { AppError } from '@/server/core/app-error'
import { readCommand } from '@/server/core/commands/command'
import type { HostSession } from '@/server/effects/ssh/host-session'

/** Guests of emulated hosts answer late. */
const AGENT_TIMEOUT_S = 20
const POLL_MS = 400

export interface GuestNic {
  readonly name: string
  readonly macAddress: string | null
  readonly ipv4: readonly string[]
}

export interface GuestResult {
  readonly exitCode: number | null
  /** stdout and stderr, in that order. */
  readonly output: string
}

const addressSchema = z.object({ 'ip-address-type': z.string(), 'ip-address': z.string() })
const interfacesSchema = z.array(
  z.object({
    name: z.string(),
    'hardware-address': z.string().optional(),
    'ip-addresses': z.array(addressSchema).default([]),
  }),
)
const startedSchema = z.object({ pid: z.number() })
const statusSchema = z.object({
  exited: z.boolean(),
  exitcode: z.number().optional(),
  'out-data': z.string().default(''),
  'err-data': z.string().default(''),
})

export class GuestAgent {
  constructor(
    private readonly session: HostSession,
    private readonly domainUuid: string,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Resolves when it answers. */
  async ping(): Promise<void> {
    await this.#ask({ execute: 'guest-ping' }, z.object({}))
  }

  async nics(): Promise<GuestNic[]> {
    const rows = await this.#ask({ execute: 'guest-network-get-interfaces' }, interfacesSchema)
    return rows.map((row) => ({
      name: row.name,
      macAddress: row['hardware-address'] ?? null,
      ipv4: row['ip-addresses'].filter((address) => address['ip-address-type'] === 'ipv4').map((address) => address['ip-address']),
    }))
  }

  /** Runs a program in the guest and waits for its end; the time-out ends the waiting, not the program. `command`: whether it changes the guest. */
  async exec(path: string, arg: readonly string[], timeoutMs: number, command = readCommand): Promise<GuestResult> {
    const started = await this.#ask({ execute: 'guest-exec', arguments: { path, arg, 'capture-output': true } }, startedSchema, command)
    for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += POLL_MS) {
      const status = await this.#ask({ execute: 'guest-exec-status', arguments: { pid: started.pid } }, statusSchema)
      if (status.exited) return { exitCode: status.exitcode ?? null, output: decode(status['out-data']) + decode(status['err-data']) }
      await delay(POLL_MS, undefined, this.signal ? { signal: this.signal } : {})
    }
    throw new AppError('command_timed_out', `${path} in the guest did not end within ${timeoutMs / 1000} s.`)
  }

  async #ask<T>(request: object, schema: z.ZodType<T>, command = readCommand): Promise<T> {
    const argv = [
      'virsh',
      '-c',
      'qemu:///system',
      'qemu-agent-command',
      '--timeout',
      String(AGENT_TIMEOUT_S),
      this.domainUuid,
      JSON.stringify(request),
    ]
    const result = await this.session.runOrThrow(command(argv), this.signal ? { signal: this.signal } : {})
    const parsed = z.object({ return: schema }).safeParse(parseJson(result.stdout))
    if (parsed.success) return parsed.data.return
    throw new AppError(
      'parse_failed',
      'The guest agent answered something unexpected.',
      { host: result.host, stdout: result.stdout.slice(0, 500) },
      parsed.error,
    )
  }
}

const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
