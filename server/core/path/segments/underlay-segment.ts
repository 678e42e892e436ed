// What carries the tunnel on a host: the NIC, and with the userspace datapath the bridge that holds it, whose internal
// port has the VTEP address (design.md, "The practice network"; reference §19 "Userspace datapath").

import { underlayBridgeName } from '../../naming'
import { checkBridge, checkPlace } from '../checks/ovs-checks'
import { checkLink } from '../checks/link-checks'
import type { TunnelCrossing } from '../crossing'
import { type HopDraft, type Problem, captureProof, makeHop } from '../hop'
import type { PathSide } from '../path-side'
import { counterProof } from '../proof-flows'
import { vxlan } from './tunnel-segment'

/** Outer IPv4, UDP and VXLAN headers and the inner Ethernet header (reference §4). */
const VXLAN_OVERHEAD = 50

export interface Underlay {
  /** null with the kernel datapath: the address is on the NIC. */
  readonly bridge: string | null
  readonly nic: string
}

export function underlayOf({ host, view }: Pick<PathSide, 'host' | 'view'>): Underlay {
  const nic = host.tunnel?.nic ?? '?'
  const holder = host.tunnel ? view?.linkWithAddress(host.tunnel.address) : undefined
  if (holder !== undefined && view?.bridge(holder)) return { bridge: holder, nic }
  const isBridged = host.agentKind === 'openvswitch' && host.datapathType === 'netdev'
  return { bridge: isBridged ? underlayBridgeName(nic) : null, nic }
}

/** From br-tun outwards. */
export function underlaySegment(side: PathSide, crossing: TunnelCrossing): HopDraft[] {
  const underlay = underlayOf(side)
  const nic = nicHop(side, crossing, underlay)
  return underlay.bridge === null ? [nic] : [bridgeHop(side, crossing, underlay.bridge, underlay.nic), nic]
}

function bridgeHop(side: PathSide, crossing: TunnelCrossing, bridge: string, nic: string): HopDraft {
  const flows = side.view?.flowsOf(bridge) ?? []
  return makeHop(side, {
    lane: 'underlay-bridge',
    device: bridge,
    detail: `${crossing.localAddress}, holds ${nic}`,
    encapsulation: vxlan(crossing, side.role),
    proof: counterProof(side, bridge, flows.filter(({ actions }) => actions === 'NORMAL')),
    hostProblems: [
      ...checkBridge(side, bridge),
      checkPlace(side, nic, bridge),
      ...checkLink(side, { name: bridge }),
      checkAddress(side, bridge, crossing.localAddress),
    ],
  })
}

function nicHop(side: PathSide, crossing: TunnelCrossing, { bridge, nic }: Underlay): HopDraft {
  return makeHop(side, {
    lane: 'nic',
    device: nic,
    detail: bridge === null ? crossing.localAddress : `in ${bridge}`,
    encapsulation: vxlan(crossing, side.role),
    proof: captureProof(nic),
    hostProblems: [
      ...checkLink(side, { name: nic }),
      // A host may have it on another device: the kernel sends by its routes.
      bridge === null && side.view?.linkWithAddress(crossing.localAddress) === undefined ? checkAddress(side, nic, crossing.localAddress) : null,
      checkRoom(side, nic),
    ],
  })
}

function checkAddress({ view, host }: PathSide, link: string, address: string): Problem {
  return view?.hasAddress('', link, address) ? null : `${link} of ${host.name} does not have the tunnel address ${address}`
}

/** Tunnel ports set DF: a frame that does not fit is dropped, not fragmented (reference §4). */
function checkRoom({ view, network }: PathSide, nic: string): Problem {
  const mtu = view?.link('', nic)?.mtu
  const needed = network.mtu + VXLAN_OVERHEAD
  if (mtu === undefined || mtu >= needed) return null
  return `${nic} has MTU ${mtu}, network ${network.name} with MTU ${network.mtu} needs ${needed} in VXLAN: full-size frames are lost`
}
