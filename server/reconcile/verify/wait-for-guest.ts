// Waits until a guest is far enough to take part: its agent answers and its NIC has an address. Bounded, and with news for
// whoever watches: a VM that boots under emulation takes its time. A guest that was far enough once, and is not now, is not
// waited for: it says itself what is wrong with it.

import { setTimeout as delay } from 'node:timers/promises'
import {
  type GuestFinding,
  guestAddresses,
  type GuestNicPort,
  type GuestState,
  judgeGuest,
  parseGuestState,
} from '@/server/core/path/guest-state'
import type { Coded } from '@/server/core/finding'
import type { StageParams } from '@/server/core/path/verdict-params'
import type { Endpoint } from '@/server/core/path/path'
import { GUEST_QUESTION } from '@/server/core/parse/net/guest-answer'
import type { GuestAgent, GuestNic } from './guest-agent'

export interface GuestReadiness {
  /** null while the agent never answered. */
  readonly addresses: readonly string[] | null
  /** What the guest itself says is wrong with it; null also where it says nothing. */
  readonly finding: GuestFinding | null
}

export interface GuestSubject {
  readonly endpoint: Endpoint
  /** The other end of the path. */
  readonly other: Endpoint
  readonly nic: GuestNicPort
  /** No address is on its way to it: it had one before, or nobody gives any out. */
  readonly isSettled: boolean
}

export interface WaitOptions {
  readonly timeoutMs: number
  /** For a guest whose agent answers and that is settled: what changes in a moment may change in this one. */
  readonly settledMs: number
  readonly pollMs: number
  readonly progress: (stage: Coded<StageParams>) => void
  readonly signal: AbortSignal
}

type Agent = Pick<GuestAgent, 'nics' | 'exec'>

/** A guest that runs for this long has come up, whatever it runs on. */
const BOOT_S = 180
const QUESTION_TIMEOUT_MS = 10_000

export async function waitForGuest(agent: Agent, subject: GuestSubject, options: WaitOptions): Promise<GuestReadiness> {
  const { endpoint, nic, other } = subject
  const { timeoutMs, settledMs, pollMs, progress, signal } = options
  const startedAt = performance.now()
  let readiness: GuestReadiness = { addresses: null, finding: null }
  let told = ''
  for (;;) {
    const nics = await askNics(agent, signal)
    const state = nics && (await askState(agent, signal))
    if (nics)
      readiness = {
        addresses: state?.isWhole.addresses ? guestAddresses(state, nic) : addressesOf(nics, endpoint),
        finding: state ? judgeGuest(endpoint, nic, other, state) : null,
      }
    const isUp = readiness.addresses !== null && (subject.isSettled || (state?.uptimeS ?? 0) > BOOT_S)
    const deadline = startedAt + (isUp ? Math.min(settledMs, timeoutMs) : timeoutMs)
    if (isReady(readiness.addresses, endpoint) || performance.now() + pollMs > deadline) return readiness
    const news = newsOf(endpoint, readiness)
    if (JSON.stringify(news) !== told) progress(news)
    told = JSON.stringify(news)
    await delay(pollMs, undefined, { signal })
  }
}

function newsOf({ label }: Endpoint, { addresses, finding }: GuestReadiness): Coded<StageParams> {
  const why = finding?.code === 'guest-without-address' ? null : finding
  return { code: 'waiting-for-guest', params: { label, why, hasAnswered: addresses !== null } }
}

/** Cancelling passes; everything else is an agent that does not answer yet. */
async function askNics(agent: Agent, signal: AbortSignal): Promise<GuestNic[] | null> {
  try {
    return await agent.nics()
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}

/** A guest that has no shell, or that lets its agent run nothing, says less; that is no fault. */
async function askState(agent: Agent, signal: AbortSignal): Promise<GuestState | null> {
  try {
    return parseGuestState((await agent.exec('sh', GUEST_QUESTION, QUESTION_TIMEOUT_MS)).output)
  } catch (error) {
    if (signal.aborted) throw error
    return null
  }
}

function addressesOf(nics: readonly GuestNic[], { macAddress }: Endpoint): readonly string[] {
  return nics.filter((nic) => nic.macAddress?.toLowerCase() === macAddress.toLowerCase()).flatMap(({ ipv4 }) => ipv4)
}

/** Any address will do: a wrong one is a finding and no reason to wait. */
const isReady = (addresses: readonly string[] | null, { ipAddress }: Endpoint) =>
  addresses !== null && (addresses.length > 0 || ipAddress === null)
