// What decides about the frames of a port of a Linux bridge beside the bridge itself, and what `ip link set … type bridge_slave` takes for the value
// that a new port has. A port that comes into its bridge anew has all of them.

import type { Link } from '../../host/link'

/** Name of the field, as compared in links.ts. */
export const BRIDGE_PORT = 'bridge_slave'

/** State 3 is `forwarding`. */
const NEW_PORT: Readonly<Record<string, string>> = {
  hairpin: 'off', isolated: 'off', learning: 'on', flood: 'on', mcast_flood: 'on', bcast_flood: 'on', neigh_suppress: 'off',
  proxy_arp: 'off', proxy_arp_wifi: 'off', group_fwd_mask: '0', vlan_tunnel: 'off', locked: 'off', state: '3',
} // prettier-ignore

/** Those that somebody set otherwise. */
export const setOtherwise = ({ observed }: Link): readonly string[] => (observed?.unmodelled ?? []).filter((name) => name in NEW_PORT)

export const isSamePort = (desired: Link, observed: Link): boolean => typeof desired.master === 'string' && desired.master === observed.master

/** What sets them back. */
export const asNewPort = (link: Link): readonly string[] => setOtherwise(link).map((name) => `${name} ${NEW_PORT[name]}`)
