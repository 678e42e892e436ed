// Where on the path tcpdump listens. Tap, qvo, NIC and DHCP tap bracket everything on Open vSwitch, where qvb shows the same frames as its
// neighbours and would only take another of the connection's channels (OpenSSH allows 10, of which a host may need 8).

import { captureFilter } from '@/server/core/path/capture-filter'
import type { HostObservation } from '@/server/core/host/observation'
import type { Lane, Path, PathHop } from '@/server/core/path/path'
import type { CaptureTarget } from '@/server/effects/capture/identify-links'

const CAPTURED: ReadonlySet<Lane> = new Set<Lane>(['tap', 'qvo', 'tap-vlan', 'brq', 'vlan-device', 'vxlan-device', 'nic', 'dhcp'])

export interface CapturePoint {
  readonly hop: PathHop
  readonly hostId: string
  readonly target: CaptureTarget
  readonly filter: string
}

export function capturePoints(path: Path, observations: ReadonlyMap<string, HostObservation>): CapturePoint[] {
  const macs = [path.source.macAddress, path.destination.macAddress]
  return path.hops.flatMap((hop) => {
    const { proof, hostId, lane } = hop
    const observation = hostId === null ? undefined : observations.get(hostId)
    if (proof.method !== 'capture' || hostId === null || !observation || !CAPTURED.has(lane)) return []
    const { netns, device } = proof
    return [{ hop, hostId, target: { netns, device, ifindex: ifindexOf(observation, netns, device) }, filter: captureFilter(hop.seenAs ?? hop.encapsulation, macs) }]
  })
}

function ifindexOf({ state: { links } }: HostObservation, netns: string, device: string): number | null {
  return links.find((link) => link.netns === netns && link.name === device)?.observed?.ifindex ?? null
}
