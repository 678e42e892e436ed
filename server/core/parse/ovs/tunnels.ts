// What ovs-vswitchd knows of tunnels: `ofproto/list-tunnels`, `tnl/ports/show -v`, `tnl/arp/show` and `ovs/route/show`. With the
// userspace datapath these four decide whether an encapsulated frame finds its way out.
//
//   port 10: vxlan-0a62000c (vxlan: 10.98.0.11->10.98.0.12, key=flow, legacy_l2, dp port=10, ttl=64)
//   vxlan_sys_4789 (10) : eth(dst=a6:37:89:f5:8c:4f),eth_type(0x0800),ipv4(dst=10.98.0.11,proto=17,frag=no),udp(dst=4789)
//   10.98.0.12                                    ee:01:37:de:8e:48   br-tunnel-if
//   Cached: 10.98.0.0/24 dev br-tunnel-if SRC 10.98.0.11

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface Tunnel {
  readonly name: string
  readonly datapathPort: number
  readonly type: string
  readonly localAddress: string
  readonly remoteAddress: string
  readonly options: readonly string[]
}

const TUNNEL = /^port (\d+): (\S+) \((\w+): ([^,]*)->([^,]*), (.*)\)$/

export function parseTunnels(text: string, section = 'ofproto/list-tunnels'): Parsed<readonly Tunnel[]> {
  const tunnels: Tunnel[] = []
  return takeLines<readonly Tunnel[]>(text, section, tunnels, (line) => {
    const [, port, name, type, localAddress = '', remoteAddress = '', options = ''] = TUNNEL.exec(line) ?? []
    if (name === undefined || type === undefined) return false
    return tunnels.push({ name, datapathPort: Number(port), type, localAddress, remoteAddress, options: options.split(', ') }) > 0
  })
}

export interface TunnelListener {
  readonly name: string
  readonly datapathPort: number
  readonly match: string
}

export function parseTunnelListeners(text: string, section = 'tnl/ports/show'): Parsed<readonly TunnelListener[]> {
  const listeners: TunnelListener[] = []
  return takeLines<readonly TunnelListener[]>(text, section, listeners, (line) => {
    if (line === 'Listening ports:') return true
    const [, name, port, match = ''] = /^(\S+) \((\d+)\)(?: : (\S+))?(?: ref_cnt=\d+)?$/.exec(line) ?? []
    return name !== undefined && listeners.push({ name, datapathPort: Number(port), match }) > 0
  })
}

export interface TunnelNeighbour {
  readonly ipAddress: string
  readonly macAddress: string
  readonly bridge: string
}

export function parseTunnelNeighbours(text: string, section = 'tnl/arp/show'): Parsed<readonly TunnelNeighbour[]> {
  const neighbours: TunnelNeighbour[] = []
  return takeLines<readonly TunnelNeighbour[]>(text, section, neighbours, (line) => {
    if (/^IP +MAC +Bridge$|^=+$/.test(line)) return true
    const [, ipAddress, macAddress, bridge] = /^([0-9a-f.:]+) +((?:[0-9a-f]{2}:){5}[0-9a-f]{2}) +(\S+)$/.exec(line) ?? []
    if (!ipAddress || !macAddress || !bridge) return false
    return neighbours.push({ ipAddress, macAddress, bridge }) > 0
  })
}

export interface SwitchRoute {
  readonly isUserDefined: boolean
  readonly destination: string
  readonly device: string
  readonly gateway: string | null
  readonly source: string | null
  readonly isLocal: boolean
}

const ROUTE = /^(Cached|User): (\S+)(?: MARK \d+)? dev (\S+)(?: GW (\S+))?(?: SRC (\S+))?( local)?$/

export function parseSwitchRoutes(text: string, section = 'ovs/route/show'): Parsed<readonly SwitchRoute[]> {
  const routes: SwitchRoute[] = []
  return takeLines<readonly SwitchRoute[]>(text, section, routes, (line) => {
    if (line === 'Route Table:') return true
    const [, kind, destination, device, gateway, source, local] = ROUTE.exec(line) ?? []
    if (!destination || !device) return false
    const route = { isUserDefined: kind === 'User', destination, device, gateway: gateway ?? null, source: source ?? null }
    return routes.push({ ...route, isLocal: local !== undefined }) > 0
  })
}
