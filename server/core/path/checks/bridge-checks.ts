// What the devices of a Linux bridge host must be for frames of a port to pass: the right VLAN id on the right device, the right VNI,
// an entry towards the other VTEP, and a filter that knows the port. Each check gives a sentence or null.

import { FLOOD_MAC } from '../../host/fdb'
import { CHAIN_PREFIX } from '../../host/iptables'
import type { TunnelCrossing } from '../crossing'
import type { Problem } from '../hop'
import type { PathSide } from '../path-side'

/** A wrong id lets the frames of another VLAN in, and ours die. */
export function checkVlan({ view }: PathSide, name: string, wanted: { readonly lower: string; readonly id: number }): Problem {
  const vlan = view?.link('', name)?.vlan
  if (!vlan) return null
  if (vlan.id !== wanted.id) return `${name} has VLAN id ${vlan.id}, not ${wanted.id}`
  return vlan.lower === wanted.lower ? null : `${name} stands on ${vlan.lower || 'another device'}, not on ${wanted.lower}`
}

export function checkVxlan({ view, network }: PathSide, name: string, { vni, localAddress }: TunnelCrossing): Problem {
  const vxlan = view?.link('', name)?.vxlan
  if (!vxlan) return null
  if (vxlan.vni !== vni) return `${name} has VNI ${vxlan.vni}, network ${network.name} is ${vni}`
  return vxlan.local === localAddress ? null : `${name} sends from ${vxlan.local || 'any address'}, the tunnel address is ${localAddress}`
}

/** Unicast goes by the entry of the MAC, else like a broadcast to the flood list (reference §8). */
export function checkForwarding({ view }: PathSide, peer: PathSide, link: string, { remoteAddress }: TunnelCrossing): Problem {
  const entries = view?.observation.state.fdb.filter((entry) => entry.link === link) ?? []
  const own = entries.filter(({ macAddress }) => macAddress === peer.port.macAddress)
  const wrong = own.find(({ destination }) => destination !== remoteAddress)
  if (wrong) return `${link} sends frames for ${peer.endpoint.label} to ${wrong.destination}, but it is on ${peer.host.name} (${remoteAddress})`
  const isFlooded = entries.some(({ macAddress, destination }) => macAddress === FLOOD_MAC && destination === remoteAddress)
  return isFlooded ? null : `The flood list of ${link} lacks ${peer.host.name} (${remoteAddress}): broadcasts, and with them ARP, do not reach it`
}

/** Signature "MAC spoof" and "ARP never answered, spoof drop" of reference §18, where ebtables is what drops. */
export function checkFilter({ view, port, host, endpoint, hasDesign }: PathSide, device: string): Problem {
  const chain = view?.observation.state.iptables.find((each) => each.family === 'bridge' && each.chain === `${CHAIN_PREFIX}i-${device}`)
  if (!hasDesign || !view || (!chain && !port.isPortSecurityEnabled)) return null
  if (!chain) return `Nothing on ${host.name} keeps ${endpoint.label} from sending with other addresses: the filter of ${device} is missing`
  if (chain.rules[0] === '-j DROP') return `The filter of ${device} drops everything: the port was taken out of service`
  const isFiltered = chain.rules.at(-1) === '-j DROP' && chain.rules.length > 1
  if (!isFiltered) return null
  if (!chain.rules.includes(`-s ${port.macAddress} -j RETURN`)) return `The filter of ${device} does not let source MAC ${port.macAddress} pass`
  const { ipAddress } = endpoint
  const isAddressIn = ipAddress === null || chain.rules.some((rule) => rule.endsWith(`--arp-ip-src ${ipAddress} -j RETURN`))
  return isAddressIn ? null : `The filter of ${device} lets no ARP from ${ipAddress} pass`
}
