// How the stretch between two neighbouring hops is drawn. It depends on the two lanes alone, whichever comes first.

import type { Lane, LinkStyle } from './path'

const styles: Readonly<Record<string, LinkStyle>> = {
  'tap vm': 'plug',
  'br-int vm': 'plug',
  'qbr tap': 'bridge-port',
  'qbr qvb': 'bridge-port',
  'qvb qvo': 'veth',
  'br-int qvo': 'bridge-port',
  'br-int tap': 'bridge-port',
  'qvo trunk-bridge': 'bridge-port',
  'trunk-bridge trunk-patch': 'bridge-port',
  'trunk-patch trunk-patch': 'patch',
  'br-int trunk-patch': 'bridge-port',
  'br-int dhcp': 'bridge-port',
  'br-int patch': 'patch',
  'br-tun patch': 'patch',
  'patch provider-bridge': 'patch',
  'nic provider-bridge': 'bridge-port',
  'br-tun underlay-bridge': 'tunnel',
  'br-tun nic': 'tunnel',
  'nic underlay-bridge': 'bridge-port',
  'tap tap-vlan': 'plug',
  'brq tap': 'bridge-port',
  'brq tap-vlan': 'bridge-port',
  'brq vlan-device': 'bridge-port',
  'brq vxlan-device': 'bridge-port',
  'brq nic': 'bridge-port',
  'dhcp tap': 'veth',
  'nic vlan-device': 'plug',
  'nic vxlan-device': 'tunnel',
  'nic wire': 'wire',
  'nic tap': 'plug',
  'data-bridge tap': 'bridge-port',
  'data-bridge qvb': 'bridge-port',
  'provider-bridge qvo': 'bridge-port',
}

export function linkBetween(left: Lane, right: Lane): LinkStyle {
  return styles[[left, right].sort().join(' ')] ?? 'wire'
}
