// What Neutron's Open vSwitch agent leaves on a host.

import { INTEGRATION_BRIDGE, TUNNEL_BRIDGE } from '../../naming'
import type { FoundDriver } from '../found-port'
import { foundPorts } from './ports'
import { mappingsOf, tunnelOf } from './uplinks'

export const foundOpenvswitch: FoundDriver = {
  agentKind: 'openvswitch',
  isAt: (view) => view.bridge(INTEGRATION_BRIDGE) !== undefined,
  ports: foundPorts,
  tunnel: (view) => (view.bridge(TUNNEL_BRIDGE) ? tunnelOf(view) : null),
  mappings: mappingsOf,
}
