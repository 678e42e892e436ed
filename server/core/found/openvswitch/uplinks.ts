// Finds the ways out of a host that nobody described to us: the VTEP and its NIC from the tunnel ports, provider bridges
// from the patch ports of br-int, and which physical network a provider bridge serves from the flows that translate.

import ipaddr from 'ipaddr.js'
import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE, intPatchName, phyPatchName } from '../../naming'
import type { HostView } from '../../path/host-view'
import { mostOf } from '../most-of'
import type { BridgeMapping, Tunnel } from '../../topology/kinds/host/host'
import type { Network } from '../../topology/kinds/network/network'
import type { LocalVlan } from '../../topology/topology'

/** null when no tunnel port exists yet: without a peer the VTEP shows nowhere in the OVSDB. */
export function tunnelOf(view: HostView): Tunnel | null {
  const local = view
    .portsOf(TUNNEL_BRIDGE)
    .flatMap(({ interface: { options } }) => options['local_ip'] ?? [])
    .find((address) => ipaddr.IPv4.isValidFourPartDecimal(address))
  if (local === undefined) return null
  const row = view.observation.state.addresses.find(({ netns, cidr }) => netns === '' && cidr.split('/')[0] === local)
  const holder = row?.link ?? '?'
  return { address: local, prefixLength: Number(row?.cidr.split('/')[1] ?? 32), nic: nicOf(view, holder) ?? holder }
}

/** The device of a bridge that is neither made by Open vSwitch nor a patch. */
function nicOf(view: HostView, bridge: string): string | null {
  return view.portsOf(bridge).find(({ interface: { type } }) => type === '' || type === 'system')?.name ?? null
}

/** Each physical network of the cloud whose bridge can be told, once. */
export function mappingsOf(view: HostView, networks: readonly Network[], localVlans: readonly LocalVlan[]): BridgeMapping[] {
  const bridges = providerBridges(view)
  const told = new Map(
    bridges.flatMap((bridge) => {
      const physicalNetworkId = servedBy(view, bridge, networks, localVlans)
      return physicalNetworkId === null ? [] : [[bridge, physicalNetworkId] as const]
    }),
  )
  const left = new Set(
    networks.flatMap(({ physicalNetworkId }) => physicalNetworkId ?? []).filter((id) => ![...told.values()].includes(id)),
  )
  const untold = bridges.filter((bridge) => !told.has(bridge))
  // One bridge and one physical network that nothing joins to another belong together.
  const [only] = untold.length === 1 && left.size === 1 ? left : []
  return bridges.map((bridge) => ({ physicalNetworkId: told.get(bridge) ?? only ?? bridge, bridge, nic: nicOf(view, bridge) ?? '?' }))
}

/** What flows may name without quotes. */
const PLAIN_NAME = /^[A-Za-z0-9_.@-]+$/

function providerBridges(view: HostView): string[] {
  return view.portsOf(INTEGRATION_BRIDGE).flatMap(({ name, interface: { type, options } }) => {
    const peer = type === 'patch' ? view.portAnywhere(options['peer'] ?? '') : undefined
    return peer && PLAIN_NAME.test(peer.bridge) && name === intPatchName(peer.bridge) && peer.name === phyPatchName(peer.bridge)
      ? [peer.bridge]
      : []
  })
}

/**
 * The physical network whose local VLANs a bridge takes out (its own flows) or brings in (those of br-int). Both are asked, as one
 * of the two may be the flow that is missing; so is what most of them say, as one may be wrong.
 */
function servedBy(view: HostView, bridge: string, networks: readonly Network[], localVlans: readonly LocalVlan[]): string | null {
  const own = localVlans.filter(({ hostId }) => hostId === view.observation.hostId)
  const physicalOf = (vlan: number): string | null => {
    const networkId = own.find((each) => each.vlan === vlan)?.networkId
    return networks.find(({ id }) => id === networkId)?.physicalNetworkId ?? null
  }
  const votes = [...vlansTakenOut(view, bridge), ...vlansBroughtIn(view, bridge)].flatMap((vlan) => physicalOf(vlan) ?? [])
  return mostOf(votes)
}

const numbersIn = (text: string, pattern: RegExp): number[] => [...text.matchAll(pattern)].map((match) => Number(match[1]))

const vlansTakenOut = (view: HostView, bridge: string): number[] =>
  view.flowsOf(bridge).flatMap(({ match }) => (entersBy(match, phyPatchName(bridge)) ? numbersIn(match, /(?:^|,)dl_vlan=(\d+)/g) : []))

const vlansBroughtIn = (view: HostView, bridge: string): number[] =>
  view
    .flowsOf(INTEGRATION_BRIDGE)
    .flatMap(({ match, actions }) => (entersBy(match, intPatchName(bridge)) ? numbersIn(actions, /(?:^|,)mod_vlan_vid:(\d+)/g) : []))

const entersBy = (match: string, port: string): boolean => match.split(',').includes(`in_port=${port}`)
