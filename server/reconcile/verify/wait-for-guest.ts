// Waits until a guest is far enough to take part: its agent answers and its NIC has an address. Bounded, and with news for
// whoever watches: a VM that boots under emulation takes its time.

import { setTimeout as delay } from 'node:timers/promises'
import type { Endpoint } from '@/server/core/path/path'
import type { GuestAgent, GuestNic } from './guest-agent'

export interface GuestReadiness {
  /** null while the agent never answered. */
  readonly addresses: readonly string[] | null
}

export interface WaitOptions {
  readonly timeoutMs: number
  readonly pollMs: number
  readonly progress: (message: string) => void
  readonly signal: AbortSignal
}

export async function waitForGuest(agent: Pick<GuestAgent, 'nics'>, endpoint: Endpoint, options: WaitOptions): Promise<GuestReadiness> {
  const { timeoutMs, pollMs, progress, signal } = options
  const deadline = performance.now() + timeoutMs
  let addresses: readonly string[] | null = null
  let told = ''
  for (;;) {
    const nics = await askNics(agent, signal)
    addresses = nics ? addressesOf(nics, endpoint) : addresses
    if (isReady(addresses, endpoint) || performance.now() + pollMs > deadline) return { addresses }
    const news = `Waiting for ${endpoint.label}: ${addresses === null ? 'its guest agent does not answer yet' : 'it has no address yet'}`
    if (news !== told) progress(news)
    told = news
    await delay(pollMs, undefined, { signal })
  }
}

/** Cancelling passes; everything else is an agent that does not answer yet. */
async function askNics(agent: Pick<GuestAgent, 'nics'>, signal: AbortSignal): Promise<GuestNic[] | null> {
  try {
    return await agent.nics()
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
