// The addresses of a port that nobody told us. Several witnesses know them, and the one that is missing may be the very fault that is
// looked for, so all are asked: the anti-spoofing flows of br-int (tables 24 and 71), the hybrid firewall's iptables chain, the ebtables
// of a Linux bridge host, and the ARP responders that the other hosts of the cloud have on br-tun (docs/reference/integration-bridge.md,
// security-groups.md, linux-bridge.md, tunnel-bridge.md).

import ipaddr from 'ipaddr.js'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../naming'
import type { HostView } from '../path/host-view'
import type { FoundPort } from './found-port'
import { filterOf } from './linuxbridge/filter'

/** Neutron puts the metadata address on its DHCP ports, and it comes first there. */
const isLinkLocal = (address: string): boolean => address.startsWith('169.254.')

/** IPv4, the most telling witness first. `views`: all hosts of the cloud. */
export function addressesOf(found: FoundPort, views: readonly HostView[]): string[] {
  const addresses =
    found.kind === 'dhcp' || found.kind === 'router'
      ? ownAddresses(found)
      : [...bySpoofingFlows(found), ...byFirewall(found), ...byArpFilter(found), ...byResponders(found, views)]
  return [...new Set(addresses)].filter((address) => ipaddr.IPv4.isValidFourPartDecimal(address) && !isLinkLocal(address))
}

/** Of a device that is in a namespace. */
export const ownAddresses = ({ view, inside }: FoundPort): string[] =>
  view.observation.state.addresses
    .filter(({ netns, link }) => netns === inside?.netns && link === inside.name)
    .map(({ cidr }) => cidr.split('/')[0] ?? '')

function bySpoofingFlows({ view, device }: FoundPort): string[] {
  return view
    .flowsOf(INTEGRATION_BRIDGE)
    .flatMap(({ match }) => (isFrom(match, device) ? (/(?:^|,)arp_spa=([\d.]+)(?:,|$)/.exec(match)?.[1] ?? []) : []))
}

/** `-s 10.0.1.11/32 -m mac --mac-source FA:16:3E:5E:1A:6F -m comment … -j RETURN` */
function byFirewall({ view, macAddress }: FoundPort): string[] {
  const rules = view.observation.state.iptables.filter(({ family }) => family === 'ipv4').flatMap((chain) => chain.rules)
  return rules.flatMap((rule) => {
    const [, address, mac] = /(?:^| )-s ([\d.]+)(?:\/32)? .*--mac-source (\S+)/.exec(rule) ?? []
    return address !== undefined && mac?.toLowerCase() === macAddress ? [address] : []
  })
}

const byArpFilter = ({ view, device }: FoundPort): string[] =>
  filterOf(view, device).flatMap((rule) => /--arp-ip-src ([\d.]+)/.exec(rule)?.[1] ?? [])

function byResponders({ macAddress }: FoundPort, views: readonly HostView[]): string[] {
  const flows = views.flatMap((view) => view.flowsOf(TUNNEL_BRIDGE))
  return flows.flatMap(({ match, actions }) => {
    const address = actions.includes(`set_field:${macAddress}->arp_sha`) ? /(?:^|,)arp_tpa=([\d.]+)(?:,|$)/.exec(match)?.[1] : undefined
    return address ?? []
  })
}

const isFrom = (match: string, device: string): boolean => match.split(',').includes(`in_port=${device}`)

/** A port that may send with any address has neither a flow nor a chain of its own that says which. */
export function hasPortSecurity({ view, device, macAddress }: FoundPort): boolean {
  const byFlows = view
    .flowsOf(INTEGRATION_BRIDGE)
    .some(({ table, match }) => (table === 24 || table === 25 || table === 71) && isFrom(match, device))
  return (
    byFlows ||
    filterOf(view, device).some((rule) => rule.includes('--arp-ip-src ')) ||
    view.observation.state.iptables.some(({ rules }) => rules.some((rule) => rule.toLowerCase().includes(`--mac-source ${macAddress}`)))
  )
}
