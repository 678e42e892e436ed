import { expect, it } from 'vitest'
import { ids, sampleTopology } from '../testing/sample-topology'
import type { Port } from '../topology/kinds/port/port'
import type { Router } from '../topology/kinds/router/router'
import { explainFinding } from '../explain/finding'
import { lintTopology } from './lint-topology'

const router: Router = {
  id: 'ac000001-0000-4000-8000-000000000001',
  projectId: ids.project,
  name: 'r1',
  isAdminStateUp: true,
  isDistributed: false,
  floatingIpMode: 'dvr',
  hostId: null,
  gateway: null,
  routes: [],
}
const joining: Port = {
  id: 'af000002-0000-4000-8000-000000000001',
  networkId: ids.network(2),
  name: '',
  macAddress: 'fa:16:3e:aa:00:02',
  fixedIps: [{ subnetId: ids.subnet(2), ipAddress: '10.0.2.1' }],
  hostId: null,
  deviceOwner: 'network:router_interface',
  deviceId: router.id,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
}

const gateway = { networkId: ids.network(1), portId: 'none', isSnatEnabled: true }

it.each<[string, Partial<Router>, readonly Port[], readonly string[]]>([
  [
    'no host for a router with an interface',
    {},
    [joining],
    [
      'No network host can carry all networks of router "r1" (vlan): it runs nowhere, and routes nothing. Prepare a host with the role network that has a way to each of them.',
    ],
  ],
  ['it joins nothing yet', {}, [], []],
  ['it has a host', { hostId: ids.host(1) }, [joining], []],
  ['it is distributed', { isDistributed: true }, [joining], []],
  [
    'it is distributed and leads out by floating IPs alone',
    { isDistributed: true, gateway: { ...gateway, isSnatEnabled: false } },
    [joining],
    [],
  ],
  [
    'no host for the central part of a distributed router',
    { isDistributed: true, gateway },
    [joining],
    [
      'No network host can carry all networks of router "r1" (vlan): its central part runs nowhere, and what has no floating IP does not get out. Prepare a host with the role network that switches with Open vSwitch and has a way to each of them, or switch SNAT off.',
    ],
  ],
  ['it is distributed, and its central part has a host', { isDistributed: true, gateway, hostId: ids.host(1) }, [joining], []],
])('%s', (_, changes, ports, sentences) => {
  const topology = sampleTopology()
  const drawn = { ...topology, routers: [{ ...router, ...changes }], ports: [...topology.ports, ...ports] }
  const found = lintTopology(drawn).filter(({ code }) => code === 'router-without-host')
  expect(found.map(explainFinding)).toEqual(sentences)
})
