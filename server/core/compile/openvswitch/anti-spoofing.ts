// ARP, neighbour advertisement and MAC spoofing protection of a VM port (docs/reference/integration-bridge.md: T0 p10/p9 → T24 → T25), and
// the drop of a port that is dead (itself or its network administratively down). The tag 4095 alone does not stop frames: access ports
// carry none.

import ipaddr from 'ipaddr.js'
import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE } from '../../naming'
import type { Port } from '../../topology/kinds/port/port'
import { flowWriter, type FlowWriter, goto, INT } from './flows'
import { isDead, type HostScope } from '../scope'

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
      flow({
        table: INT.macSpoof,
        priority: 2,
        match: `${inPort},dl_src=${port.macAddress}`,
        actions: goto(INT.localEgress),
      }),
    ],
  }
}

function addressFlows(port: Port, inPort: string, flow: FlowWriter): Flow[] {
  const addresses = port.fixedIps.map((fixed) => fixed.ipAddress)
  const arp = addresses
    .filter((address) => ipaddr.parse(address).kind() === 'ipv4')
    .map((address) => flow({ table: INT.arpSpoof, priority: 2, match: `arp,${inPort},arp_spa=${address}`, actions: goto(INT.macSpoof) }))
  const neighbours = [linkLocal(port.macAddress), ...addresses.filter((address) => ipaddr.parse(address).kind() === 'ipv6')]
  const advertisements = neighbours.map((address) =>
    flow({
      table: INT.arpSpoof,
      priority: 2,
      match: `icmp6,icmp_type=136,${inPort},nd_target=${address}`,
      actions: goto(INT.packetRate),
    }),
  )
  return [...arp, ...advertisements]
}

/** fe80::/64 address from the MAC by modified EUI-64 (RFC 4291 appendix A). */
export function linkLocal(mac: string): string {
  const [a, b, c, d, e, f] = mac.split(':').map((octet) => Number.parseInt(octet, 16)) as [number, number, number, number, number, number]
  const groups = [0xfe80, 0, 0, 0, ((a ^ 2) << 8) | b, (c << 8) | 0xff, 0xfe00 | d, (e << 8) | f]
  return new ipaddr.IPv6(groups).toString()
}
