// Commands in a guest, by way of the QEMU guest agent: no network, no login, so it also works when the network is what
// is broken.

import { exitCodes, LabError } from '../errors'
import { labExec } from '../exec'
import { libvirtUri } from '../host/libvirt'
import { findKeepers } from '../node/keeper'
import { hosts } from '../topology'
import type { CommandOutcome } from '../types'
import { waitFor } from '../wait'

export interface GuestOptions {
  readonly stdin?: string | Uint8Array
  readonly timeoutMs?: number
}

/** What a shell answers when there is no such program. */
const notFoundCode = 127
/** Each look costs a start of virsh, a tenth of a second of the processor that the guest needs. */
export const AGENT_PAUSES = { everyMs: 50, atMostMs: 1_000 } as const

export async function labGuest(lab: string, guest: string, argv: readonly string[], options: GuestOptions = {}): Promise<CommandOutcome> {
  const agent = { lab, ...(await findGuest(lab, guest)) }
  const started = await ask(agent, 'guest-exec', execArguments(argv, options.stdin))
  if (started.error !== undefined) return { code: notFoundCode, stdout: '', stderr: `${started.error}\n` }
  const pid = numberIn(started.value, 'pid')
  return waitFor(
    `${argv[0]} in ${guest} to end`,
    async () => {
      const status = await ask(agent, 'guest-exec-status', { pid })
      if (status.error !== undefined) throw new LabError(`${guest}: ${status.error}`)
      return parseExecStatus(status.value)
    },
    { timeoutMs: options.timeoutMs ?? 60_000, ...AGENT_PAUSES },
  )
}

interface Agent {
  readonly lab: string
  readonly guest: string
  readonly host: string
}

type Answer = { readonly value: Record<string, unknown>; readonly error?: undefined } | { readonly error: string }

/** By libvirt's name or by the title, which is the name people gave the VM. */
async function findGuest(lab: string, guest: string): Promise<Pick<Agent, 'host' | 'guest'>> {
  const running = [...findKeepers(lab).keys()].filter((node) => hosts.some((host) => host.name === node))
  const found = await Promise.all(
    running.map(async (host) => {
      const { stdout } = await labExec(lab, host, [...virsh, 'list', '--title'], { timeoutMs: 10_000 })
      return parseGuestList(stdout)
        .filter(({ name, title }) => name === guest || title === guest)
        .map(({ name }) => ({ host, guest: name }))
    }),
  )
  const [first, second] = found.flat()
  if (first === undefined) throw new LabError(`no guest "${guest}" runs on any host of lab "${lab}"`, exitCodes.unavailable)
  if (second !== undefined)
    throw new LabError(
      `several guests are called "${guest}": ${found
        .flat()
        .map((each) => each.guest)
        .join(', ')}`,
      exitCodes.usage,
    )
  return first
}

/** ` 1   instance-ab000032   running   web-1`; the title may be empty and may hold blanks. */
export function parseGuestList(text: string): { readonly name: string; readonly title: string }[] {
  const rows = [...text.matchAll(/^ *\d+ +(\S+) +running(?: +(.*?))? *$/gm)]
  return rows.map(([, name, title]) => ({ name: name ?? '', title: title ?? '' }))
}

const virsh = ['virsh', '--quiet', '--connect', libvirtUri] as const

/** The agent's own refusals (no such program) are answers; a guest that cannot be asked is not. */
async function ask(agent: Agent, execute: string, args: object): Promise<Answer> {
  const request = JSON.stringify({ execute, arguments: args })
  const argv = [...virsh, 'qemu-agent-command', agent.guest, request, '--timeout', '10']
  const { code, stdout, stderr } = await labExec(agent.lab, agent.host, argv, { timeoutMs: 15_000 })
  if (code !== 0) {
    const refusal = /unable to execute QEMU agent command '[^']*': (.*)/.exec(stderr)?.[1]
    if (refusal !== undefined) return { error: refusal }
    throw new LabError(`${agent.guest} on ${agent.host}: ${stderr.trim()}`, exitCodes.unavailable)
  }
  const { return: value } = JSON.parse(stdout) as { return: Record<string, unknown> }
  return { value }
}

function execArguments([path, ...args]: readonly string[], stdin?: string | Uint8Array): object {
  if (path === undefined) throw new LabError('no command for the guest', exitCodes.usage)
  const input = stdin === undefined ? {} : { 'input-data': Buffer.from(stdin).toString('base64') }
  return { path, arg: args, 'capture-output': true, ...input }
}

/** `{"exited": true, "exitcode": 0, "out-data": "…base64…"}`; a signal takes the place of the exit code. */
function parseExecStatus(status: Record<string, unknown>): CommandOutcome | undefined {
  if (status.exited !== true) return undefined
  const code = typeof status.exitcode === 'number' ? status.exitcode : 128 + numberIn(status, 'signal')
  return { code, stdout: decode(status['out-data']), stderr: decode(status['err-data']) }
}

function decode(base64: unknown): string {
  return typeof base64 === 'string' ? Buffer.from(base64, 'base64').toString('utf8') : ''
}

function numberIn(value: Record<string, unknown>, key: string): number {
  const number = value[key]
  return typeof number === 'number' ? number : 0
}
