import { expect, it } from 'vitest'

import { ids, sampleTopology } from '../testing/sample-topology'
import type { Port } from '../topology/kinds/port/port'
import { filteringOf, type PortFiltering } from './port-filtering'

const { ports, ...topology } = sampleTopology({ linuxBridge: [3] })
const nic = ports.find(({ id }) => id === ids.port(1, 2))!
const subPort = { deviceOwner: 'trunk:subport', securityGroupIds: ['g'] } as const

it.each<[PortFiltering, string, Partial<Port>]>([
  ['earlier', 'from before there were groups', {}],
  ['closed', 'in no group', { securityGroupIds: [] }],
  ['groups', 'in a group', { securityGroupIds: ['g'] }],
  ['off', 'without port security', { isPortSecurityEnabled: false }],
  ['service', 'of DHCP', { deviceOwner: 'network:dhcp' }],
  ['service', 'of a router', { deviceOwner: 'network:router_gateway', isPortSecurityEnabled: false }],
  ['service', 'of a floating IP', { deviceOwner: 'network:floatingip', isPortSecurityEnabled: false }],
  ['tagged', 'a subport on an Open vSwitch host', subPort],
  ['groups', 'a subport on a Linux bridge host', { ...subPort, hostId: ids.host(3) }],
  ['groups', 'a subport that is nowhere yet', { ...subPort, hostId: null }],
  ['earlier', 'a subport from before there were groups', { deviceOwner: 'trunk:subport' }],
])('%s: a port %s', (filtering, _, changes) => expect(filteringOf(topology, { ...nic, ...changes })).toBe(filtering))
