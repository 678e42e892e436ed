// Sends the echo requests of a verification from where the path begins: inside the guest, through its agent, or in the
// namespace of the DHCP server or the router. busybox builds differ in what they take as an interval, so there is a second try.

import { readCommand } from '@/server/core/commands/command'
import { parsePingSummary, pingArguments, slowPingArguments } from '@/server/core/path/parse-ping'
import type { Endpoint } from '@/server/core/path/path'
import type { Verdict } from '@/server/core/path/verdict-params'
import type { PingResult } from '@/server/core/path/verification'
import type { HostSession } from '@/server/effects/ssh/host-session'
import type { GuestAgent, GuestResult } from './guest-agent'

export interface PingOutcome {
  readonly ping: PingResult | null
  /** Why there is no result. */
  readonly problem: Verdict | null
}

/** A second each for a ping that falls back to whole seconds, the wait for the last reply, and a slow guest. */
const timeoutFor = (count: number) => count * 1000 + 15_000

export async function pingFromGuest(
  agent: Pick<GuestAgent, 'exec'>,
  source: Endpoint,
  address: string,
  count: number,
): Promise<PingOutcome> {
  const run = (argv: readonly string[]) => agent.exec('ping', argv, timeoutFor(count))
  return outcomeOf('guest-agent', source, await runWithFallback(run, address, count))
}

export async function pingFromNamespace(
  session: HostSession,
  netns: string,
  source: Endpoint,
  address: string,
  count: number,
  signal: AbortSignal,
): Promise<PingOutcome> {
  const run = async (argv: readonly string[]): Promise<GuestResult> => {
    const full = ['ip', 'netns', 'exec', netns, 'ping', ...argv]
    const { exitCode, stdout, stderr } = await session.run(readCommand(full, { timeoutMs: timeoutFor(count) }), { signal })
    return { exitCode, output: stdout + stderr }
  }
  return outcomeOf('namespace', source, await runWithFallback(run, address, count))
}

async function runWithFallback(
  run: (argv: readonly string[]) => Promise<GuestResult>,
  address: string,
  count: number,
): Promise<GuestResult> {
  const first = await run(pingArguments(count, address))
  const isRefused = parsePingSummary(first.output) === null && /invalid|usage|option/i.test(first.output)
  return isRefused ? run(slowPingArguments(count, address)) : first
}

function outcomeOf(from: PingResult['from'], source: Endpoint, { output, exitCode }: GuestResult): PingOutcome {
  const statistics = parsePingSummary(output)
  if (statistics) return { ping: { from, ...statistics, output }, problem: null }
  const said = output.trim().split('\n').at(-1) || `exit code ${exitCode ?? 'none'}`
  return { ping: null, problem: { code: 'ping-failed', params: { label: source.label, said } } }
}
