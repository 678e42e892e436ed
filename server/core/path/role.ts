// What Neutron calls a place: it gives the column of a drawing and its label. Read off the kind of the place and Neutron's names.

import { INTEGRATION_BRIDGE, isTrunkPatch, TUNNEL_BRIDGE } from '../naming'
import type { PlaceKind } from '../walk/walk-result'
import type { HopPlace, Role } from './path'

type Named = Pick<HopPlace, 'netns' | 'device'>
type Naming = (place: Named, isUnderlay: boolean) => Role

const starts = ({ device }: Named, prefix: string): boolean => device.startsWith(prefix)

/** Namespaces in which Neutron's routers route (docs/reference/names-and-ids.md). */
const isRouting = ({ netns }: Pick<Named, 'netns'>): boolean => /^(?:qrouter|snat|fip)-/.test(netns)

const roles: Readonly<Record<Exclude<PlaceKind, 'ovs-tunnel' | 'stack' | 'other'>, Naming>> = {
  guest: () => 'vm',
  tap: () => 'tap',
  veth: (place) =>
    isRouting(place) ? 'router-port' : place.netns !== '' ? 'dhcp' : starts(place, 'qvb') ? 'qvb' : starts(place, 'qvo') ? 'qvo' : 'tap',
  vlan: (place) => (starts(place, 'tap') ? 'tap-vlan' : 'vlan-device'),
  vxlan: () => 'vxlan-device',
  'linux-bridge': (place) => (starts(place, 'qbr') ? 'qbr' : starts(place, 'brq') ? 'brq' : 'data-bridge'),
  'ovs-bridge': (place, isUnderlay) => {
    if (place.device === INTEGRATION_BRIDGE || place.device === TUNNEL_BRIDGE) return place.device
    return starts(place, 'tbr-') ? 'trunk-bridge' : isUnderlay ? 'underlay-bridge' : 'provider-bridge'
  },
  'ovs-internal': (place) => (isRouting(place) ? 'router-port' : 'dhcp'),
  'ovs-patch': ({ device }) => (isTrunkPatch(device) ? 'trunk-patch' : 'patch'),
  nic: () => 'nic',
  wire: () => 'wire',
  outside: () => 'outside',
}

/** null: no place of its own on a drawing. */
export function roleOf(kind: PlaceKind, place: Named, isUnderlay: boolean): Role | null {
  if (kind === 'stack') return isRouting(place) ? 'router' : null
  return kind === 'ovs-tunnel' || kind === 'other' ? null : roles[kind](place, isUnderlay)
}
