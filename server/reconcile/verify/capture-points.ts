// Where on the path tcpdump listens. Tap, qvo, NIC and DHCP tap bracket everything on Open vSwitch, where qvb shows the same frames as its
// neighbours, as fpr- does those of rfp-, and would only take another of the connection's channels (OpenSSH allows 10, of which a host may need 8).

import { captureFilter } from '@/server/core/path/capture-filter'
import { frameSeen, tunnelOf } from '@/server/core/path/packets'
import type { HostObservation } from '@/server/core/host/observation'
import type { Role, Path, PathHop } from '@/server/core/path/path'
import { hopOnTheWayBack, measuredHops } from '@/server/core/path/travel'
import type { Frame } from '@/server/core/walk/frame'
import type { CaptureTarget } from '@/server/effects/capture/identify-links'

const CAPTURED: ReadonlySet<Role> = new Set<Role>([
  'tap',
  'qvo',
  'tap-vlan',
  'brq',
  'vlan-device',
  'vxlan-device',
  'nic',
  'dhcp',
  'router-port',
])

/** Where sessions are few: first what the endpoints and routers send and get, then what crosses between hosts, then the rest. */
const FIRST: readonly Role[] = ['tap', 'dhcp', 'router-port', 'nic']

export function byWorth(points: readonly CapturePoint[]): CapturePoint[] {
  const rank = ({ hop: { role } }: CapturePoint) => (FIRST.includes(role) ? FIRST.indexOf(role) : FIRST.length)
  return [...points].sort((left, right) => rank(left) - rank(right))
}

export interface CapturePoint {
  readonly hop: PathHop
  readonly hostId: string
  readonly target: CaptureTarget
  readonly filter: string
}

export function capturePoints(path: Path, observations: ReadonlyMap<string, HostObservation>): CapturePoint[] {
  const ends = [path.source, path.destination]
  const addresses = ends.flatMap((end) => [end.ipAddress ?? [], end.floatingIp?.address ?? []].flat())
  const outside = ends.flatMap(({ kind, ipAddress }) => (kind === 'outside' ? (ipAddress ?? []) : []))
  return measuredHops(path).flatMap((hop) => {
    const {
      proof,
      place: { hostId },
      role,
    } = hop
    const observation = hostId === null ? undefined : observations.get(hostId)
    if (proof.method !== 'capture' || hostId === null || !observation || !CAPTURED.has(role) || isOtherEnd(hop)) return []
    const { netns, device } = proof
    // Behind a router frames come from its MAC.
    const macs = [
      ...ends.map(({ macAddress }) => macAddress),
      ...[hop, hopOnTheWayBack(path, hop)].flatMap((each) => (each ? senderOf(frameSeen(each)) : [])),
    ]
    const filter = captureFilter(tunnelOf(frameSeen(hop)) !== null, [...new Set(macs)], addresses, outside)
    return [{ hop, hostId, target: { netns, device, ifindex: ifindexOf(observation, netns, device) }, filter }]
  })
}

/** Of the pair between a router and the namespace of floating IPs. */
const isOtherEnd = ({ place: { device } }: PathHop): boolean => device.startsWith('fpr-')

const senderOf = (frame: Frame): string => (tunnelOf(frame)?.frame ?? frame).sourceMac

function ifindexOf({ state: { links } }: HostObservation, netns: string, device: string): number | null {
  return links.find((link) => link.netns === netns && link.name === device)?.observed?.ifindex ?? null
}
