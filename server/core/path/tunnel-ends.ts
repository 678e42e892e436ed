// The tunnel between the hosts of a path, seen from one of them: by design, and the port in force.

import type { OvsPort } from '../host/ovs'
import { TUNNEL_BRIDGE, vxlanPortName } from '../naming'
import type { PathSide } from './path-side'

export interface TunnelEnds {
  readonly vni: number
  /** '' where the design gives the host no tunnel endpoint. */
  readonly localAddress: string
  readonly remoteAddress: string
  /** Of Open vSwitch, towards the other VTEP; absent when there is none or the host was not read. */
  readonly port: OvsPort | undefined
  readonly portName: string
}

export function tunnelEnds({ host, view, network }: PathSide, peer: PathSide): TunnelEnds {
  const remoteAddress = peer.host.tunnel?.address ?? ''
  const leadsThere = ({ interface: { type, options } }: OvsPort): boolean => type === 'vxlan' && options['remote_ip'] === remoteAddress
  const port = view?.portsOf(TUNNEL_BRIDGE).find(leadsThere)
  return {
    vni: network.segmentationId ?? 0,
    localAddress: host.tunnel?.address ?? '',
    remoteAddress,
    port,
    portName: port?.name ?? (remoteAddress ? vxlanPortName(remoteAddress) : 'vxlan-?'),
  }
}
