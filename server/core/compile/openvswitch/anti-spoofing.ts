// ARP, neighbour advertisement and MAC spoofing protection of a VM port (docs/reference/integration-bridge.md: T0 p10/p9 → T24 → T25), and
// the drop of a port that is dead (itself or its network administratively down). The tag 4095 alone does not stop frames: access ports
// carry none.

import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE } from '../../naming'
import type { Port } from '../../topology/kinds/port/port'
import { flowWriter, type FlowWriter, goto, INT } from './flows'
import { linkLocal } from '../link-local'
import { isDead, type HostScope } from '../scope'
import { familyOf, sendingAddresses, sendingMacs } from '../security-groups/port-addresses'

/** `device` is the port's own on br-int: qvo, or the patch end of a trunk. */
export function compileAntiSpoofing(scope: HostScope, port: Port, device: string): Partial<HostState> {
  const inPort = `in_port=${device}`
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, { kind: 'port', id: port.id })
  if (isDead(port, scope.network(port.networkId)))
    return { flows: [flow({ table: INT.local, priority: 2, match: inPort, actions: 'drop' })] }
  if (!port.isPortSecurityEnabled) return {}
  return {
    flows: [
      flow({ table: INT.local, priority: 10, match: `arp,${inPort}`, actions: goto(INT.arpSpoof) }),
      flow({ table: INT.local, priority: 10, match: `icmp6,icmp_type=136,${inPort}`, actions: goto(INT.arpSpoof) }),
      flow({ table: INT.local, priority: 9, match: inPort, actions: goto(INT.macSpoof) }),
      ...addressFlows(port, inPort, flow),
      ...sendingMacs(port).map((mac) =>
        flow({ table: INT.macSpoof, priority: 2, match: `${inPort},dl_src=${mac}`, actions: goto(INT.localEgress) }),
      ),
    ],
  }
}

function addressFlows(port: Port, inPort: string, flow: FlowWriter): Flow[] {
  const spoken = [...new Set(sendingAddresses(port).map(({ ipAddress }) => ipAddress))]
  const arp = spoken
    .filter((address) => familyOf(address) === 'ipv4')
    .map((address) =>
      flow({ table: INT.arpSpoof, priority: 2, match: `arp,${inPort}${from('arp_spa', address)}`, actions: goto(INT.macSpoof) }),
    )
  const neighbours = [...sendingMacs(port).map(linkLocal), ...spoken.filter((address) => familyOf(address) === 'ipv6')]
  const advertisements = neighbours.map((address) =>
    flow({
      table: INT.arpSpoof,
      priority: 2,
      match: `icmp6,icmp_type=136,${inPort}${from('nd_target', address)}`,
      actions: goto(INT.packetRate),
    }),
  )
  return [...arp, ...advertisements]
}

/** Of all addresses Open vSwitch prints no match. */
const from = (field: string, prefix: string): string => (prefix.endsWith('/0') ? '' : `,${field}=${prefix}`)
