// Open vSwitch as a walk comes by it: into a bridge by a device, out of it by a device, a patch port, its own port, or a tunnel. What
// happens between is the flows' matter (openflow/). Tunnels of the userspace datapath are its own: the outer packet leaves by the
// bridge whose internal port has the sender's address (native_tunnel_output), and comes in where it is put out to such a port
// (terminate_native_tunnel). The kernel's datapath leaves both to the kernel's stack.

import { dropped, unknown } from '../ends'
import { VXLAN_PORT, type Frame } from '../frame'
import { traceSwitch } from '../openflow/trace-switch'
import type { SwitchOutput } from '../openflow/visit'
import type { OvsPort } from '../../host/ovs'
import type { Place, WalkEnd } from '../walk-result'
import { crossing, outlet, type ArrivalAt, type Crossing, type Outlet } from './arrival'
import { encapsulate } from './encapsulate'
import type { Host } from './host'

const LOCAL = 'LOCAL'

export function crossSwitch({ host, bridge, port, tunnel, packet }: ArrivalAt<'switch'>): Crossing {
  return visited({ at: 'visited', host, packet, visit: traceSwitch(host.switch, { bridge, port, frame: packet.frame, tunnel }) })
}

export function visited(arrival: ArrivalAt<'visited'>): Crossing {
  const { host, visit } = arrival
  const place: Place = { hostId: host.hostId, netns: '', kind: 'ovs-bridge', device: visit.bridge }
  const ways = visit.outputs.map((output) => leave(arrival, output))
  const ends = ways.filter((way) => 'kind' in way)
  return crossing(place, {
    inPort: visit.inPort,
    causes: visit.causes,
    outlets: ways.filter((way) => 'next' in way),
    end: visit.end ?? ends[0] ?? null,
    losses: visit.losses,
  })
}

function leave({ host, packet: { mark }, visit }: ArrivalAt<'visited'>, output: SwitchOutput): Outlet | WalkEnd {
  const { port, frame, alternative } = output
  const packet = { frame, mark }
  if (output.visit) return outlet({ at: 'patch', host, packet, port, peer: output.visit.inPort, visit: output.visit }, port, alternative)
  if (output.tunnel) return outlet({ at: 'tunnel-out', host, packet, port, key: output.tunnel }, port, alternative)
  if (output.kind === 'controller') return unknown('outside-model', { bridge: visit.bridge, about: 'controller' })
  const name = port === LOCAL ? visit.bridge : port
  const taken = port === LOCAL ? nativeTunnel(host, visit.bridge, frame) : null
  if (taken)
    return 'kind' in taken
      ? taken
      : outlet(
          {
            at: 'tunnel-in',
            host,
            packet: { frame: taken.inner, mark: 0 },
            bridge: taken.port.bridge,
            port: taken.port.name,
            key: taken.key,
          },
          name,
          alternative,
        )
  const link = deviceOf(host, name)
  if (!link)
    return host.unread('links') === null ? dropped('no-device', { device: name }) : unknown('unread', { device: name, about: 'links' })
  // What Open vSwitch puts out by an internal port, the kernel receives there.
  return outlet({ at: link.type === 'ovs-internal' ? 'receive' : 'transmit', host, link, packet }, name, alternative)
}

const deviceOf = (host: Host, name: string) =>
  host.link('', name) ?? host.links.find((link) => link.name === name && link.type === 'ovs-internal')

/** A patch port is a place of its own at either end. */
export function crossPatch({ host, packet, port, peer, visit }: ArrivalAt<'patch'>): Crossing {
  const place: Place = { hostId: host.hostId, netns: '', kind: 'ovs-patch', device: port }
  const next =
    peer === null
      ? ({ at: 'visited', host, packet, visit } as const)
      : ({ at: 'patch', host, packet, port: peer, peer: null, visit } as const)
  return crossing(place, { outlets: [outlet(next)] })
}

export function leaveByTunnel(arrival: ArrivalAt<'tunnel-out'>): Crossing {
  const { host, port, key, packet } = arrival
  const place: Place = { hostId: host.hostId, netns: '', kind: 'ovs-tunnel', device: port }
  const row = host.state.ovsPorts.find(({ name }) => name === port)
  if (row?.interface.type !== 'vxlan')
    return crossing(place, { end: unknown('outside-model', { port, about: row?.interface.type ?? null }) })
  if (key.destination === null || key.tunnelId === null)
    return crossing(place, { end: unknown('not-understood', { port, about: 'tunnel-key' }) })
  const outer = encapsulate(packet.frame, {
    vni: key.tunnelId,
    source: key.source,
    destination: key.destination,
    port: Number(row.interface.options['dst_port'] ?? VXLAN_PORT),
  })
  const isPastFilters = isUserspace(host, row.bridge)
  return crossing(place, {
    outlets: [outlet({ at: 'stack-out', host, netns: '', link: null, packet: { ...packet, frame: outer }, isPastFilters })],
  })
}

export function enterByTunnel({ host, packet, bridge, port, key }: ArrivalAt<'tunnel-in'>): Crossing {
  const place: Place = { hostId: host.hostId, netns: '', kind: 'ovs-tunnel', device: port }
  return crossing(place, { outlets: [outlet({ at: 'switch', host, packet, bridge, port, tunnel: key })] })
}

export const isUserspace = (host: Host, bridge: string): boolean =>
  host.state.ovsBridges.find(({ name }) => name === bridge)?.datapathType === 'netdev'

interface Taken {
  readonly port: OvsPort
  readonly inner: Frame
  readonly key: { readonly tunnelId: number; readonly source: string; readonly destination: string }
}

/** The tunnel port that takes a VXLAN packet to one of the host's addresses (tnl_port_receive); an end where none does. */
export function tunnelPortFor(host: Host, { payload }: Frame): Taken | WalkEnd | null {
  if (payload.kind !== 'ipv4' || payload.transport.kind !== 'udp' || !payload.transport.tunnelled) return null
  const { source, destination, transport } = payload
  const { vni, frame: inner } = payload.transport.tunnelled
  const fits = ({ interface: { type, options } }: OvsPort): boolean =>
    type === 'vxlan' &&
    Number(options['dst_port'] ?? VXLAN_PORT) === transport.destinationPort &&
    ['flow', source].includes(options['remote_ip'] ?? '') &&
    [undefined, 'flow', destination].includes(options['local_ip']) &&
    ['flow', String(vni)].includes(options['in_key'] ?? options['key'] ?? '0')
  const found = host.state.ovsPorts.filter(fits)
  // The port that says more is asked first.
  const port = found.find(({ interface: { options } }) => options['remote_ip'] !== 'flow') ?? found[0]
  if (!port)
    return host.unread('ovsPorts') === null
      ? dropped('no-tunnel-port', { source, destination, vni })
      : unknown('unread', { about: 'ovsdb' })
  return { port, inner, key: { tunnelId: vni, source, destination } }
}

function nativeTunnel(host: Host, bridge: string, frame: Frame): Taken | WalkEnd | null {
  const { payload } = frame
  if (!isUserspace(host, bridge) || payload.kind !== 'ipv4' || !host.state.ovsPorts.some(({ interface: { type } }) => type === 'vxlan'))
    return null
  const isOurs = host.addresses('').some(({ link, cidr }) => link === bridge && cidr.split('/')[0] === payload.destination)
  return isOurs ? tunnelPortFor(host, frame) : null
}
