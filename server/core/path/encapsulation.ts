// What a frame wears when it leaves a place, in the operator's words. Of a tag alone nobody can tell whether it is a local VLAN or one of a
// wire: the place that put it on can.

import { tunnelOf } from './packets'
import type { Encapsulation } from './path'
import type { Step } from './steps'

/** `before`: what it wears when it comes. */
export function encapsulationOf({ role, out }: Pick<Step, 'role' | 'out'>, before: Encapsulation): Encapsulation {
  const tunnel = tunnelOf(out)
  if (tunnel) return { kind: 'vxlan', vni: tunnel.vni, source: tunnel.source, destination: tunnel.destination }
  const vlanId = out.vlans[0]?.vlanId
  if (vlanId === undefined) return { kind: 'untagged' }
  switch (role) {
    case 'br-int':
    case 'br-tun':
      return { kind: 'local-vlan', vlan: vlanId }
    case 'vm':
    case 'trunk-bridge':
    case 'tap-vlan':
      return { kind: 'guest-vlan', vlanId }
    case 'provider-bridge':
    case 'vlan-device':
      return { kind: 'dot1q', vlanId }
    default:
      return before.kind === 'local-vlan'
        ? { kind: 'local-vlan', vlan: vlanId }
        : { kind: before.kind === 'guest-vlan' ? 'guest-vlan' : 'dot1q', vlanId }
  }
}
