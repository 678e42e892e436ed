import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { pathPairs } from '@/components/topology/path-pairs'
import { createPort } from '@/server/core/topology/kinds/port/port-edits'
import { portInput } from '@/server/core/topology/kinds/port/port-input'
import { addInterface } from '@/server/core/topology/kinds/router/router-interfaces'
import { makeSample } from '@/server/core/topology/testing/sample'

import { gatewayNetworks } from './forms/router-values'
import { portOptions, subnetOptions } from './forms/interface-values'
import { nextHopPort } from './next-hop'
import { interfaceRows, routerHostRows, routerRows, routersIn } from './router-rows'

const { draft, demo, blue, blueSubnet, green, greenSubnet, cmp2, physnet1, web1 } = makeSample()
const outside = draft.network({ projectId: demo, name: 'outside', type: 'flat', physicalNetworkId: physnet1, isExternal: true })
draft.subnet({ networkId: outside, name: 'outside-v4', cidr: '203.0.113.0/24', isDhcpEnabled: false })
const silent = draft.subnet({ networkId: blue, name: 'silent', cidr: '10.0.8.0/24', gatewayIp: null, isDhcpEnabled: false })
draft.vm({ projectId: demo, name: 'db-1', hostId: cmp2, networkIds: [green] })
const spare = draft.make(createPort(portInput.parse({ networkId: green, name: 'spare' }), draft.ids)).id
const east = draft.router({ projectId: demo, name: 'east', isDistributed: true })
const north = draft.router({ projectId: demo, name: 'north', gateway: { networkId: outside } })
for (const subnetId of [greenSubnet, blueSubnet]) draft.make(addInterface(east, { subnetId }, draft.ids))
draft.router({ projectId: demo, name: 'idle' })

const index = indexTopology(draft.topology, [])

describe('the table of routers', () => {
  const shown = (filter: string) =>
    routerRows(index, filter).map(({ router, project, hosts, gateway, interfaces }) =>
      [
        router.name,
        project,
        hosts.map(({ name }) => name).join(),
        gateway && `${gateway.network.name} ${gateway.address}`,
        interfaces,
      ].join('|'),
    )

  it('has where each stands and leads out, by name', () =>
    expect(shown('')).toEqual(['east|demo|cmp1,cmp2,net1||2', 'idle|demo|||0', 'north|demo|net1|outside 203.0.113.2|0']))

  it.each([
    ['distributed', ['east']],
    ['203.0.113', ['north']],
    ['10.0.2.1', ['east']],
    ['outside', ['north']],
    ['cmp2', ['east']],
    ['nowhere', []],
  ])('finds %j', (filter, found) => expect(shown(filter).map((row) => row.split('|')[0])).toEqual(found))
})

it('a router joins subnets by their gateway addresses, and stands where it serves', () => {
  expect(
    interfaceRows(index, east, '').map(({ network, subnet, port }) => [network?.name, subnet?.name, port.fixedIps[0]?.ipAddress]),
  ).toEqual([
    ['blue', 'blue-subnet', '10.0.1.1'],
    ['green', 'green-subnet', '10.0.2.1'],
  ])
  expect(interfaceRows(index, east, 'green')).toHaveLength(1)
  expect(routerHostRows(index, index.router(east)!).map(({ host, served }) => [host.name, served.length])).toEqual([
    ['cmp1', 1],
    ['cmp2', 2],
    ['net1', 2],
  ])
  expect(routerHostRows(index, index.router(north)!).map(({ host, served }) => [host.name, served.length])).toEqual([['net1', 0]])
  expect([blue, outside].map((id) => routersIn(index, id).map(({ name }) => name))).toEqual([['east'], ['north']])
})

it('an extra route leads to a neighbour', () => {
  expect(nextHopPort(index, index.router(east)!, '10.0.1.2')?.networkId).toBe(blue)
  expect(nextHopPort(index, index.router(north)!, '10.0.1.2')).toBeUndefined()
})

describe('what may be joined', () => {
  it('are subnets that the router is not in; without a gateway address a port is asked for', () => {
    const options = (id: string) => subnetOptions(index, index.router(id)!).map(({ label, isDisabled }) => [label, isDisabled])
    expect(options(east)).toEqual([
      ['silent 10.0.8.0/24, no gateway address: add a port', true],
      ['outside-v4 203.0.113.0/24, as 203.0.113.1', false],
    ])
    expect(subnetOptions(index, index.router(north)!).map(({ value }) => value)).toEqual([blueSubnet, silent, greenSubnet])
  })

  it('are ports that nothing uses', () => expect(portOptions(index).map(({ value, group }) => [value, group])).toEqual([[spare, 'green']]))

  it('and led out by: external networks, and the one that was', () => {
    expect(gatewayNetworks(index, '').map(({ label }) => label)).toEqual(['outside'])
    expect(gatewayNetworks(index, blue).map(({ label }) => label)).toEqual(['blue (not external)', 'outside'])
  })
})

it('paths across a router lead from guests of one network to those of another', () => {
  const labels = (id: string) => pathPairs(index, index.objects.get(id)!).map(({ label }) => label)
  expect(labels(east)).toEqual(['db-1 eth0 → web-1 eth0'])
  expect(labels(web1)).toEqual([
    'web-1 eth0 → DHCP of blue',
    'web-1 eth0 → web-2 eth0',
    'web-1 eth0 → router east in blue',
    'web-1 eth0 → db-1 eth0',
  ])
})
