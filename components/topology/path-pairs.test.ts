import { describe, expect, it } from 'vitest'

import { indexTopology } from '@/components/lib/topology-index'
import { ids } from '@/server/core/testing/sample-topology'
import { redId, trunkId, trunkTopology } from '@/server/core/testing/sample-trunk'

import { pathPairs } from './path-pairs'

const topology = trunkTopology()
const index = indexTopology(topology, [])
const labels = (id: string, of = index) => pathPairs(of, of.objects.get(id)!).map(({ label }) => label)

describe('paths worth looking at', () => {
  it.each<[string, string, string[]]>([
    [
      'from a port to all others of its network',
      ids.port(1, 2),
      ['flat-1 eth0 → DHCP of flat', 'flat-1 eth0 → flat-2 eth0', 'flat-1 eth0 → vlan-1 eth0.302'],
    ],
    [
      'from a VM by each of its NICs, and by the subports behind them',
      ids.vm(2, 2),
      [
        'vlan-1 eth0 → DHCP of vlan',
        'vlan-1 eth0 → vlan-2 eth0',
        'vlan-1 eth0.301 → DHCP of vxlan',
        'vlan-1 eth0.301 → vxlan-1 eth0',
        'vlan-1 eth0.301 → vxlan-2 eth0',
        'vlan-1 eth0.302 → DHCP of flat',
        'vlan-1 eth0.302 → flat-1 eth0',
        'vlan-1 eth0.302 → flat-2 eth0',
      ],
    ],
    [
      'from a network each pair once, not begun by its DHCP server',
      ids.network(2),
      ['vlan-1 eth0 → DHCP of vlan', 'vlan-1 eth0 → vlan-2 eth0', 'vlan-2 eth0 → DHCP of vlan'],
    ],
    ['from a subnet none', ids.subnet(1), []],
  ])('%s', (_, id, pairs) => expect(labels(id)).toEqual(pairs))

  it('from a trunk as from its VM', () => expect(labels(trunkId)).toEqual(labels(ids.vm(2, 2))))

  it('are no more than eight, also where hundreds would be', () => {
    const red = topology.ports.find(({ id }) => id === redId)!
    const many = Array.from({ length: 300 }, (_, at) => ({ ...red, id: `red-${at}`, deviceOwner: 'compute:nova' as const }))
    const large = indexTopology({ ...topology, ports: [...topology.ports, ...many] }, [])
    expect(pathPairs(large, large.objects.get(ids.network(3))!)).toHaveLength(8)
  })

  it('begin and end at ports that are bound and in use', () => {
    const isLoose = (id: string) => id === ids.port(1, 2) || id === redId
    const ports = topology.ports.map((port) => (isLoose(port.id) ? { ...port, hostId: null } : port))
    const loose = indexTopology({ ...topology, ports }, [])
    expect(labels(ids.port(1, 2), loose)).toEqual([])
    expect(labels(ids.vm(2, 2), loose).filter((label) => /eth0\.301|flat-1/.test(label))).toEqual([])
  })
})
