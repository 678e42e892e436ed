// What the devices of a Linux bridge host must be for frames of a port to pass: the right VLAN id on the right device, the right VNI,
// an entry towards the other VTEP, and a filter that knows the port. Each check gives what is wrong or null.

import { FLOOD_MAC } from '../../host/fdb'
import { CHAIN_PREFIX } from '../../host/iptables'
import { absence, type Problem } from '../hop'
import type { PathSide } from '../path-side'
import type { TunnelEnds } from '../tunnel-ends'

/** A wrong id lets the frames of another VLAN in, and ours die. */
export function checkVlan({ view }: PathSide, name: string, wanted: { readonly lower: string; readonly id: number }): Problem {
  const vlan = view?.link('', name)?.vlan
  if (!vlan) return null
  if (vlan.id !== wanted.id) return { code: 'vlan-id', params: { device: name, vlan: vlan.id, expected: wanted.id } }
  return vlan.lower === wanted.lower
    ? null
    : { code: 'vlan-lower', params: { device: name, found: vlan.lower || null, expected: wanted.lower } }
}

export function checkVxlan({ view, network }: PathSide, name: string, { vni, localAddress }: TunnelEnds): Problem {
  const vxlan = view?.link('', name)?.vxlan
  if (!vxlan) return null
  if (vxlan.vni !== vni) return { code: 'vni-differs', params: { device: name, vni: vxlan.vni, network: network.name, expected: vni } }
  return vxlan.local === localAddress
    ? null
    : { code: 'vxlan-source', params: { device: name, found: vxlan.local || null, expected: localAddress } }
}

/** Unicast goes by the entry of the MAC, else like a broadcast to the flood list. */
export function checkForwarding({ view }: PathSide, peer: PathSide, link: string, { remoteAddress }: TunnelEnds): Problem {
  const entries = view?.observation.state.fdb.filter((entry) => entry.link === link) ?? []
  const own = entries.filter(({ macAddress }) => macAddress === peer.port.macAddress)
  const wrong = own.find(({ destination }) => destination !== remoteAddress)
  const there = { host: peer.host.name, address: remoteAddress }
  if (wrong)
    return { code: 'fdb-elsewhere', params: { device: link, label: peer.endpoint.label, destination: wrong.destination, ...there } }
  const isFlooded = entries.some(({ macAddress, destination }) => macAddress === FLOOD_MAC && destination === remoteAddress)
  return isFlooded ? null : absence(view, 'fdb', {}, { code: 'flood-list', params: { device: link, ...there } })
}

/** Signature "MAC spoof" and "ARP never answered, spoof drop" of docs/reference/faults.md, where ebtables is what drops. */
export function checkFilter({ view, port, host, endpoint, hasDesign }: PathSide, device: string): Problem {
  const chain = view?.observation.state.iptables.find((each) => each.family === 'bridge' && each.chain === `${CHAIN_PREFIX}i-${device}`)
  if (!hasDesign || !view || (!chain && !port.isPortSecurityEnabled)) return null
  const unread = view.unknownPart('iptables', { netns: '', family: 'bridge' })
  if (unread !== null) return { unread }
  if (!chain) return { code: 'filter-missing', params: { device, host: host.name, label: endpoint.label } }
  if (chain.rules[0] === '-j DROP') return { code: 'filter-drops-all', params: { device } }
  const isFiltered = chain.rules.at(-1) === '-j DROP' && chain.rules.length > 1
  if (!isFiltered) return null
  if (!chain.rules.includes(`-s ${port.macAddress} -j RETURN`)) return { code: 'filter-mac', params: { device, mac: port.macAddress } }
  const { ipAddress } = endpoint
  if (ipAddress === null || chain.rules.some((rule) => rule.endsWith(`--arp-ip-src ${ipAddress} -j RETURN`))) return null
  return { code: 'filter-arp', params: { device, address: ipAddress } }
}
