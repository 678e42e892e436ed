import { expect, it } from 'vitest'

import { emptyTopology } from '@/server/core/topology/complete-topology'
import type { Topology } from '@/server/core/topology/topology'

import { findEntries, paletteEntries } from './palette-entries'

const portId = '9f9c98cb-13aa-4c1e-8a5e-000000000001'
const networkId = '7668b6f4-2d11-4c1e-8a5e-000000000002'
const topology: Topology = {
  ...emptyTopology,
  projects: [{ id: 'p', name: 'lab' }],
  networks: [
    {
      id: networkId,
      projectId: 'p',
      name: 'blue',
      type: 'vxlan',
      physicalNetworkId: null,
      segmentationId: 100,
      mtu: 1450,
      isAdminStateUp: true,
    },
  ],
  ports: [
    {
      id: portId,
      networkId,
      name: 'web-1 eth0',
      macAddress: 'fa:16:3e:00:00:01',
      fixedIps: [{ subnetId: 's', ipAddress: '10.0.0.5' }],
      hostId: null,
      deviceOwner: '',
      deviceId: '',
      isAdminStateUp: true,
      isPortSecurityEnabled: true,
    },
  ],
}
const find = (query: string) => findEntries(paletteEntries(topology), query).map(({ entry, by }) => [entry.label, by])

it.each([
  ['blu', [['blue', null]]],
  ['9f9c', [['web-1 eth0', portId]]],
  ['FA:16:3E', [['web-1 eth0', 'fa:16:3e:00:00:01']]],
  ['10.0.0.5', [['web-1 eth0', null]]],
  ['qvo9f9c98cb', [['web-1 eth0', 'qvo9f9c98cb-13']]],
  ['qdhcp-7668', [['blue', `qdhcp-${networkId}`]]],
  ['100', [['blue', '100']]],
  ['nothing like it', []],
])('finds by %s', (query, hits) => {
  expect(find(query)).toEqual(hits)
})
