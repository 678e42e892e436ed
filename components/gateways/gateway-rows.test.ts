import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { makeOneOfEach } from '@/server/core/topology/testing/one-of-each'

import { gatewayRows, memberRows, poolRows, userRows } from './gateway-rows'

const topology = makeOneOfEach()
const index = indexTopology(topology, [])
const cluster = topology.gatewayClusters[0]!

describe('gateway clusters as rows', () => {
  it('tell their members, what leads out by them and how much of their pools is taken', () => {
    expect(
      gatewayRows(index, '').map(({ network, members, routers, floatingIps, addresses }) => [
        network?.name,
        members.map(({ name }) => name),
        routers,
        floatingIps,
        addresses,
      ]),
    ).toEqual([['outside', ['gw1'], 0, 0, { size: 21, used: 2 }]])
  })

  it.each([
    ['its VIP', cluster.vip, 1],
    ['a member', index.host(cluster.memberHostIds[0]!)!.name, 1],
    ['a peer', cluster.peers[0]!.address, 1],
    ['nothing of it', 'no such thing', 0],
  ])('are found by %s', (_, filter, count) => expect(gatewayRows(index, filter)).toHaveLength(count))

  it('have a row per member, with its address outside and that for SNAT', () => {
    expect(memberRows(index, cluster).map(({ host, uplink, snat }) => [host.name, uplink, snat])).toEqual([
      ['gw1', '203.0.113.8', '203.0.113.200'],
    ])
  })

  it('have a row per pool, in which every address is free or counted once', () => {
    const rows = poolRows(index, cluster)
    expect(rows.map(({ pool, subnet, ...row }) => [pool.start, pool.end, subnet?.name, row])).toEqual([
      ['203.0.113.200', '203.0.113.220', 'outside-subnet', { size: 21, floatingIps: 0, members: 1, elsewhere: 1, others: 0, free: 19 }],
    ])
  })

  it('have a row per router', () => {
    const led = indexTopology({ ...topology, routers: topology.routers.map((router) => ({ ...router, gatewayClusterId: cluster.id })) }, [])
    expect(userRows(led, cluster).map(({ router, project, floatingIps }) => [router.name, project, floatingIps])).toEqual([
      ['edge', 'demo', 2],
      ['inner', 'demo', 1],
    ])
  })
})
