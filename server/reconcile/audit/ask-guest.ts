// What the guest of a trunk says about its interfaces, through its agent. A guest that cannot be asked is a sentence.

import type { GuestInterface } from '@/server/core/trunk/audit'
import { joinGuestInterfaces } from '@/server/core/trunk/guest-interfaces'
import { messageOf } from '../verify/verify-deps'
import type { GuestAgent } from '../verify/guest-agent'

const COMMAND_TIMEOUT_MS = 10_000

export type GuestAnswer = { readonly interfaces: readonly GuestInterface[] } | { readonly problem: string }

export async function askInterfaces(agent: Pick<GuestAgent, 'nics' | 'exec'>, signal?: AbortSignal): Promise<GuestAnswer> {
  try {
    const nics = await agent.nics()
    // Without VLAN interfaces there is no such file; then the output is an error that parses to nothing.
    const { output } = await agent.exec('cat', ['/proc/net/vlan/config'], COMMAND_TIMEOUT_MS)
    return { interfaces: joinGuestInterfaces(nics, output) }
  } catch (error) {
    signal?.throwIfAborted()
    return { problem: `The guest was not asked for its interfaces: ${messageOf(error)}` }
  }
}
