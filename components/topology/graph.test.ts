import { describe, expect, it } from 'vitest'

import { emptyTopology } from '@/server/core/topology/topology'

import { alignHosts, endpointHeight, fromElk, networkHeight, portY, sizes, toElk, type Places } from './elk-graph'
import { flowElements } from './flow-elements'
import { deriveGraph, type TopologyGraph } from './graph'
import { layoutKey } from './layout-key'
import { networkHue } from './network-hue'
import { appliedCloud, cloudChanges, designedCloud, largeCloud } from './specimens'

const graph = deriveGraph(designedCloud, cloudChanges, appliedCloud)
const outline = ({ hosts }: TopologyGraph) =>
  hosts.map((host) => [host.name, host.endpoints.map((each) => `${each.mark ?? 'same'} ${each.name} ${each.ports.map((port) => `${port.nic}@${port.networkId}`).join(' ')}`)])

describe('deriveGraph', () => {
  it('groups VMs and DHCP servers by host, in the order of their names, with ghosts of what will go', () => {
    expect(outline(graph)).toEqual([
      ['cmp1', ['same web-1 eth0@blue']],
      ['cmp2', ['remove old-db eth0@red', 'create web-2 eth0@blue eth1@red']],
      ['net1', ['same DHCP of blue dhcp@blue']],
    ])
  })

  it('has no ghosts without the last revision', () => {
    const names = deriveGraph(designedCloud, cloudChanges, null).hosts.flatMap((host) => host.endpoints.map((each) => each.name))
    expect(names).not.toContain('old-db')
  })

  it('names the segment and counts the ports of a network', () => {
    expect(graph.networks.map((network) => [network.name, network.segment, network.portCount, network.mark])).toEqual([
      ['blue', 'VNI 100', 3, null],
      ['red', 'VLAN 103 on physnet1', 2, 'change'],
    ])
  })

  it('is empty for an empty design', () => {
    expect(deriveGraph(emptyTopology, [], null)).toEqual({ hosts: [], networks: [] })
  })
})

describe('toElk', () => {
  const root = toElk(graph)

  it('gives every NIC its own port and one edge to its network', () => {
    expect(root.edges?.map((edge) => [edge.sources[0], edge.targets[0]])).toEqual([
      ['nic/p1', 'blue'],
      ['nic/p9', 'red'],
      ['nic/p2', 'blue'],
      ['nic/p3', 'red'],
      ['nic/pd', 'blue'],
    ])
    expect(root.children?.[1]?.children?.[1]?.ports?.map((port) => port.y)).toEqual([portY(0), portY(1)])
  })

  it('draws no edge to a network that is not there', () => {
    expect(toElk({ ...graph, networks: [] }).edges).toEqual([])
  })

  it('leaves room for rows', () => {
    expect(endpointHeight({ ports: graph.hosts[1]!.endpoints[1]!.ports })).toBeGreaterThan(endpointHeight({ ports: [] }))
    expect(networkHeight({ subnets: [] })).toBe(networkHeight({ subnets: [graph.networks[0]!.subnets[0]!] }))
  })
})

describe('alignHosts', () => {
  it('gives all hosts one width and one right edge, and their VMs one left edge', () => {
    const elk = fromElk({
      id: 'root',
      children: [
        { id: 'cmp1', x: 12, y: 0, width: 220, height: 90, children: [{ id: 'web-1', x: 12, y: 44, width: 196, height: 52 }] },
        { id: 'cmp2', x: 0, y: 99, width: 260, height: 90, children: [{ id: 'web-2', x: 30, y: 44, width: 196, height: 52 }] },
      ],
    })
    const aligned = alignHosts(graph, elk)
    expect([aligned['cmp1']!.x, aligned['cmp2']!.x, aligned['cmp2']!.width]).toEqual([40, 40, sizes.endpointWidth + 2 * sizes.hostPadding])
    expect([aligned['web-1']!.x, aligned['web-2']!.x]).toEqual([sizes.hostPadding, sizes.hostPadding])
    expect(aligned['cmp2']!.y).toBe(99)
  })
})

describe('flowElements', () => {
  const ids = ['cmp1', 'cmp2', 'net1', 'web-1', 'web-2', 'old-db', 'pd', 'blue', 'red']
  const places: Places = fromElk({ id: 'root', children: ids.map((id, index) => ({ id, x: index, y: 0, width: 10, height: 10 })) })

  it('puts hosts before what is in them', () => {
    const { nodes } = flowElements(graph, places, null)
    for (const node of nodes) {
      if (node.parentId) expect(nodes.findIndex((each) => each.id === node.parentId)).toBeLessThan(nodes.indexOf(node))
    }
    expect(nodes).toHaveLength(9)
  })

  it.each<[string | null, readonly string[]]>([
    [null, []],
    ['web-2', ['p2', 'p3']],
    ['red', ['p9', 'p3']],
    ['cmp1', ['p1']],
    ['p2', ['p2']],
  ])('lights the wires of %s', (selected, lit) => {
    const { edges } = flowElements(graph, places, selected)
    expect(edges.filter((edge) => edge.data?.isLit).map((edge) => edge.id)).toEqual(lit)
  })

  it('leaves out what has no place yet', () => {
    const { nodes, edges } = flowElements(graph, {}, null)
    expect([nodes, edges]).toEqual([[], []])
  })
})

describe('layoutKey', () => {
  it('is the same for equal shapes and another for a new port', () => {
    const renumbered = { ...designedCloud, networks: designedCloud.networks.map((network) => ({ ...network, segmentationId: 7 })) }
    expect(layoutKey(deriveGraph(renumbered, cloudChanges, appliedCloud))).toBe(layoutKey(graph))
    expect(layoutKey(deriveGraph(appliedCloud, [], null))).not.toBe(layoutKey(graph))
  })
})

describe('networkHue', () => {
  it('is stable and tells networks apart', () => {
    expect(networkHue('blue')).toBe(networkHue('blue'))
    const hues = new Set(largeCloud(1, 1, 40).networks.map((network) => networkHue(network.id)))
    expect(hues.size).toBeGreaterThan(8)
  })
})
