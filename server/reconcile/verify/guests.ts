// The VMs at the ends of a path: waited for together, then asked for what the verification needs of them.

import { subPortOf } from '@/server/core/topology/find'
import type { Endpoint } from '@/server/core/path/path'
import { GuestAgent } from './guest-agent'
import { type Drawing, tell, type VerifyJob } from './verify-deps'
import { type GuestReadiness, waitForGuest } from './wait-for-guest'

/** By port id; absent where no guest can be asked: no VM, not running, no agent, a host that could not be read. */
export type Guests = ReadonlyMap<string, GuestReadiness>

export async function waitForGuests(job: VerifyJob, { path, observations }: Drawing): Promise<Guests> {
  const { guestTimeoutMs, guestPollMs } = job.times
  const guests = [path.source, path.destination].filter((endpoint) => hasAgent(job, endpoint, observations))
  const ready = guests.map(async (endpoint) => {
    const options = { timeoutMs: guestTimeoutMs, pollMs: guestPollMs, progress: (message: string) => tell(job, message), signal: job.signal }
    return [endpoint.portId, await waitForGuest(agentOf(job, endpoint), endpoint, options)] as const
  })
  return new Map(await Promise.all(ready))
}

export const agentOf = ({ deps, signal }: VerifyJob, { hostId, portId }: Endpoint): GuestAgent =>
  new GuestAgent(deps.session(hostId), domainOf(deps, portId), signal)

function hasAgent({ deps }: VerifyJob, { hostId, kind, portId }: Endpoint, observations: Drawing['observations']): boolean {
  const domain = observations.get(hostId)?.state.domains.find(({ uuid }) => uuid === domainOf(deps, portId))
  return kind === 'vm' && domain?.isRunning === true && domain.hasGuestAgent
}

/** A subport is a device of the VM on its trunk's parent. The VM's id is the domain's uuid. */
function domainOf({ topology }: VerifyJob['deps'], portId: string): string {
  const nicPortId = subPortOf(topology, portId)?.trunk.portId ?? portId
  return topology.ports.find(({ id }) => id === nicPortId)?.deviceId ?? ''
}
