// What is asked of a place whichever agent wired it.

import type { Problem } from '../hop'
import type { PathSide } from '../path-side'

export function adminIntent({ port, network }: PathSide): Problem[] {
  if (!port.isAdminStateUp) return [{ code: 'port-off', params: { label: null } }]
  return network.isAdminStateUp ? [] : [{ code: 'network-off', params: { network: network.name } }]
}

export function checkSpanningTree({ view }: PathSide, bridge: string): Problem {
  return view?.link('', bridge)?.bridge?.hasStp === true ? { code: 'spanning-tree', params: { bridge } } : null
}

/** An 802.1Q tag does not count against the MTU of a NIC; the network's own MTU does. */
export function checkRoom({ view, network }: PathSide, nic: string): Problem {
  const mtu = view?.link('', nic)?.mtu
  if (mtu === undefined || mtu >= network.mtu) return null
  return { code: 'nic-mtu', params: { device: nic, mtu, network: network.name, needed: network.mtu } }
}
