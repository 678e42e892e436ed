// What carries the tunnel on a host: the NIC, and where the tunnel's address is on a bridge of Open vSwitch, that bridge.

import { flowKey } from '../../host/flow'
import { checkLink } from '../checks/link-checks'
import { checkBridge, checkPlace } from '../checks/ovs-checks'
import { absence, captureProof, type HopFacts, type Problem } from '../hop'
import type { PathSide } from '../path-side'
import { counterProof } from '../proof-flows'
import type { Stop } from '../stop'
import { tunnelEnds } from '../tunnel-ends'
import { underlayOf } from '../underlay'

/** Outer IPv4, UDP and VXLAN headers and the inner Ethernet header (docs/reference/mtu.md). */
const VXLAN_OVERHEAD = 50

export function underlayBridge({ side, peer, place: { device } }: Stop): HopFacts {
  const [{ nic }, { localAddress }] = [underlayOf(side), tunnelEnds(side, peer)]
  const forwarding = side.view?.flowsOf(device).filter(({ actions }) => actions === 'NORMAL') ?? []
  return {
    detail: { code: 'underlay', params: { address: localAddress, nic } },
    proof: counterProof(side, device, [], forwarding.map(flowKey)),
    hostProblems: [
      ...checkBridge(side, device),
      checkPlace(side, nic, device),
      ...checkLink(side, { name: device }),
      checkAddress(side, device, localAddress),
    ],
  }
}

export function underlayNic({ side, peer, place: { device } }: Stop): HopFacts {
  const [{ bridge }, { localAddress }] = [underlayOf(side), tunnelEnds(side, peer)]
  return {
    detail: bridge === null ? { code: 'address', params: { address: localAddress } } : { code: 'in-bridge', params: { bridge } },
    proof: captureProof(device),
    hostProblems: [
      ...checkLink(side, { name: device }),
      bridge === null ? null : checkPlace(side, device, bridge),
      // A host may have it on another device: the kernel sends by its routes.
      bridge === null && side.view?.linkWithAddress(localAddress) === undefined ? checkAddress(side, device, localAddress) : null,
      checkRoom(side, device),
    ],
  }
}

function checkAddress({ view, host }: PathSide, link: string, address: string): Problem {
  const missing = { code: 'tunnel-address-missing', params: { device: link, host: host.name, address } } as const
  return view?.hasAddress('', link, address) ? null : absence(view, 'addresses', { netns: '' }, missing)
}

/** Tunnel ports set DF: a frame that does not fit is dropped, not fragmented. */
function checkRoom({ view, network }: PathSide, nic: string): Problem {
  const mtu = view?.link('', nic)?.mtu
  const needed = network.mtu + VXLAN_OVERHEAD
  if (mtu === undefined || mtu >= needed) return null
  return { code: 'underlay-mtu', params: { device: nic, mtu, network: network.name, networkMtu: network.mtu, needed } }
}
