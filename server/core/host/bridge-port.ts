// Settings of a port of a Linux bridge as it has them where nobody set any, named and valued as `ip -j -d link` prints them. Apart from what reads
// them: pages know them, and need no parser for that.

export const usualBridgePort = {
  state: 'forwarding', hairpin: false, isolated: false, learning: true, flood: true, mcast_flood: true, bcast_flood: true, neigh_suppress: false,
  proxy_arp: false, proxy_arp_wifi: false, group_fwd_mask: '0', vlan_tunnel: false, locked: false,
} as const // prettier-ignore
