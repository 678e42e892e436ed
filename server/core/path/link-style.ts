// How the stretch between two neighbouring places is drawn: by what they are, whichever comes first, and by how the frame gets over.
// Two places that cannot be neighbours are an error of whoever put them side by side.

import { invariant } from '../invariant'
import type { LinkStyle, PathHop } from './path'

const styles: Readonly<Record<string, LinkStyle>> = {
  'guest/tap': 'plug',
  'linux-bridge/tap': 'bridge-port',
  'linux-bridge/veth': 'bridge-port',
  'linux-bridge/vlan': 'bridge-port',
  'linux-bridge/vxlan': 'bridge-port',
  'linux-bridge/nic': 'bridge-port',
  'ovs-bridge/tap': 'bridge-port',
  'ovs-bridge/veth': 'bridge-port',
  'nic/ovs-bridge': 'bridge-port',
  'ovs-bridge/ovs-internal': 'bridge-port',
  'ovs-bridge/ovs-patch': 'bridge-port',
  'ovs-internal/stack': 'plug',
  'stack/veth': 'plug',
  'ovs-patch/ovs-patch': 'patch',
  'ovs-bridge/patch-pair': 'patch',
  'veth/veth': 'veth',
  'tap/vlan': 'plug',
  'nic/vlan': 'plug',
  'nic/wire': 'wire',
  'nic/outside': 'wire',
  // The wire of a host that is a VM is the tap that it is plugged by.
  'nic/tap': 'plug',
}

type Kind = PathHop['place']['kind']

export function linkStyle(left: Kind, right: Kind, isTunnelled: boolean): LinkStyle {
  if (isTunnelled) return 'tunnel'
  const style = styles[[left, right].sort().join('/')]
  invariant(style, `${left} and ${right} cannot be neighbours on a path`)
  return style
}
