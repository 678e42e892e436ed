// The VMs at the ends of a path: waited for together, then asked for what the verification needs of them.

import { suspensionOf } from '@/server/core/host/domain'
import type { UnknownPart } from '@/server/core/host/unknown-part'
import { unknownPartOf } from '@/server/core/host/unknown-parts'
import { subPortOf } from '@/server/core/topology/lookup'
import type { Coded } from '@/server/core/finding'
import type { StageParams, Verdict } from '@/server/core/path/verdict-params'
import type { GuestNicPort } from '@/server/core/path/guest-state'
import { reachedAt } from '@/server/core/path/packets'
import type { Endpoint } from '@/server/core/path/path'
import { GuestAgent } from './guest-agent'
import { type DhcpServers, hasNoAddressComing } from './read-dhcp'
import { type Drawing, reportStage, type VerifyJob } from './verify-deps'
import { type GuestReadiness, waitForGuest } from './wait-for-guest'

/** By the id of the end; absent where no guest can be asked: no VM, not running, no agent, a host that could not be read. */
export type Guests = ReadonlyMap<string, GuestReadiness>

export async function waitForGuests(
  job: VerifyJob,
  { path: { source, destination }, observations }: Drawing,
  servers: DhcpServers,
): Promise<Guests> {
  const { guestTimeoutMs, guestSettledMs, guestPollMs } = job.times
  const pairs = [
    [source, destination],
    [destination, source],
  ] as const
  const ready = pairs
    .filter(([endpoint]) => hasAgent(job, endpoint, observations))
    .map(async ([endpoint, other]) => {
      const progress = (stage: Coded<StageParams>) => reportStage(job, stage)
      const options = { timeoutMs: guestTimeoutMs, settledMs: guestSettledMs, pollMs: guestPollMs, progress, signal: job.signal }
      // It is asked whether it has a way to the address that it would send to.
      const aimed = { ...other, ipAddress: reachedAt(other) }
      const subject = { endpoint, other: aimed, nic: nicOf(job.deps, endpoint), isSettled: hasNoAddressComing(servers, endpoint) }
      return [endpoint.id, await waitForGuest(agentOf(job, endpoint), subject, options)] as const
    })
  return new Map(await Promise.all(ready))
}

/** A guest that libvirt has stopped neither sends nor answers, and its agent is not waited for. */
export function suspendedGuest(
  { deps }: VerifyJob,
  { path, observations }: Drawing,
): { readonly verdict: Verdict; readonly hopId: string | null } | null {
  for (const { portId, hostId, label } of [path.source, path.destination]) {
    const domain = observations.get(hostId)?.state.domains.find(({ uuid }) => uuid === domainOf(deps, portId))
    const state = domain && suspensionOf(domain)
    if (state)
      return {
        verdict: { code: 'vm-suspended', params: { vm: label, state } },
        hopId: path.forth.hops.find((hop) => hop.role === 'vm' && hop.place.hostId === hostId)?.id ?? null,
      }
  }
  return null
}

/** Why nobody knows whether the guest of an end runs; null where that is known. */
export function unreadGuest({ deps }: VerifyJob, { hostId, portId }: Endpoint, observations: Drawing['observations']): UnknownPart | null {
  const observation = observations.get(hostId)
  const isThere = observation?.state.domains.some(({ uuid }) => uuid === domainOf(deps, portId))
  return observation && !isThere ? unknownPartOf(observation, 'domains') : null
}

export const agentOf = ({ deps, signal }: VerifyJob, { hostId, portId }: Endpoint): GuestAgent =>
  new GuestAgent(deps.session(hostId), domainOf(deps, portId), signal)

function hasAgent({ deps }: VerifyJob, { hostId, kind, portId }: Endpoint, observations: Drawing['observations']): boolean {
  const domain = observations.get(hostId)?.state.domains.find(({ uuid }) => uuid === domainOf(deps, portId))
  return kind === 'vm' && domain?.isRunning === true && domain.hasGuestAgent
}

/** A subport is a device of the VM on its trunk's parent. The VM's id is the domain's uuid. */
function domainOf({ cloud: { topology } }: VerifyJob['deps'], portId: string | null): string {
  if (portId === null) return ''
  const nicPortId = subPortOf(topology, portId)?.trunk.portId ?? portId
  return topology.ports.find(({ id }) => id === nicPortId)?.deviceId ?? ''
}

function nicOf({ cloud: { topology } }: VerifyJob['deps'], { portId, macAddress }: Endpoint): GuestNicPort {
  const member = portId === null ? null : subPortOf(topology, portId)
  const parent = member && topology.ports.find(({ id }) => id === member.trunk.portId)
  return member && parent ? { macAddress: parent.macAddress, vlan: member.subPort.segmentationId } : { macAddress, vlan: 0 }
}
