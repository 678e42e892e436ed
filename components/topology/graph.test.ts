import { describe, expect, it } from 'vitest'

import { emptyTopology } from '@/server/core/topology/complete-topology'

import { boxOf, endpointHeight, fromElk, networkHeight, rightHosts, sizes, toElk } from './elk-graph'
import { flowElements, withSelection } from './flow-elements'
import { nestedTopology } from '@/server/core/testing/sample-nested'
import { addInterface } from '@/server/core/topology/kinds/router/router-interfaces'
import { updateRouter } from '@/server/core/topology/kinds/router/router-edits'
import { makeOneOfEach } from '@/server/core/topology/testing/one-of-each'
import { makeSample } from '@/server/core/topology/testing/sample'
import { redId, trunkTopology } from '@/server/core/testing/sample-trunk'

import { deriveGraph } from './graph'
import { floatingIpsId, type TopologyGraph } from './graph-parts'
import { layoutKey } from './layout-key'
import { networkHue } from './network-hue'
import { stopsOf } from './stops'
import { appliedCloud, cloudChanges, designedCloud, largeCloud } from './specimens'

const graph = deriveGraph(designedCloud, cloudChanges, appliedCloud)
const routedSample = () => {
  const { draft, demo, blueSubnet, greenSubnet, physnet1, web1 } = makeSample()
  const outside = draft.network({ projectId: demo, name: 'outside', type: 'flat', physicalNetworkId: physnet1, isExternal: true })
  draft.subnet({ networkId: outside, name: 'outside-v4', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const edge = draft.router({ projectId: demo, name: 'edge', gateway: { networkId: outside } })
  for (const subnetId of [greenSubnet, blueSubnet]) draft.make(addInterface(edge, { subnetId }, draft.ids))
  return { draft, demo, outside, edge, web1 }
}
const routed = deriveGraph(routedSample().draft.topology, [], null)
const outline = ({ hosts }: TopologyGraph) =>
  hosts.map((host) => [
    host.name,
    host.endpoints.map(
      (each) => `${each.mark ?? 'same'} ${each.name} ${each.ports.map((port) => `${port.nic}@${port.networkId}`).join(' ')}`,
    ),
  ])

describe('deriveGraph', () => {
  it('groups VMs and DHCP servers by host, in the order of their names, with ghosts of what will go', () => {
    expect(outline(graph)).toEqual([
      ['cmp1', ['same web-1 eth0@blue']],
      ['cmp2', ['remove old-db eth0@red', 'create web-2 eth0@blue eth1@red']],
      ['net1', ['same DHCP of blue dhcp@blue']],
    ])
  })

  it('lists the subports of a trunk below its parent', () => {
    const ports = deriveGraph(trunkTopology(), [], null)
      .hosts.flatMap((host) => host.endpoints)
      .find((each) => each.name === 'vlan-1')!.ports
    expect(ports.map((port) => [port.nic, port.role, port.address])).toEqual([
      ['eth0', 'parent', '10.0.2.3'],
      ['eth0.301', 'subport', '10.0.3.8'],
      ['eth0.302', 'subport', '10.0.1.8'],
    ])
  })

  it('says what a VM is to an inner cloud', () => {
    const vms = deriveGraph(nestedTopology(), [], null).hosts.flatMap((host) => host.endpoints)
    expect(vms.flatMap(({ name, nesting }) => (nesting === null ? [] : [[name, nesting]]))).toEqual([
      ['vlan-1', 'host in1, nested uplink to physnet1'],
      ['vlan-2', 'host in2, nested uplink to physnet1'],
    ])
  })

  it('joins many subports by network, into a row that leads to the trunk', () => {
    const { trunks, ports, ...design } = trunkTopology()
    const [trunk, red] = [trunks[0]!, ports.find(({ id }) => id === redId)!]
    const many = Array.from({ length: 20 }, (_, at) => ({ ...red, id: `red-${at}` }))
    const subPorts = [
      ...trunk.subPorts,
      ...many.map((port, at) => ({ portId: port.id, segmentationType: 'vlan' as const, segmentationId: 400 + at })),
    ]
    const { hosts } = deriveGraph({ ...design, ports: [...ports, ...many], trunks: [{ ...trunk, subPorts }] }, [], null)
    const rows = hosts.flatMap((host) => host.endpoints).find((each) => each.name === 'vlan-1')!.ports
    expect(rows.map((row) => [row.nic, row.address, row.objectId === trunk.id])).toEqual([
      ['eth0', '10.0.2.3', false],
      ['eth0.*', '21 subports', true],
      ['eth0.302', '10.0.1.8', false],
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

  it('has a row per network that a router joins, its way out last', () => {
    expect(
      routed.routers.map(({ name, standing, ports }) => [name, standing, ...ports.map(({ nic, address }) => `${nic} ${address}`)]),
    ).toEqual([['edge', 'centralized on net1', 'blue 10.0.1.1', 'green 10.0.2.1', 'outside 203.0.113.2']])
    expect(routed.networks.map(({ name, isExternal }) => [name, isExternal])).toEqual([
      ['blue', false],
      ['green', false],
      ['outside', true],
    ])
  })

  it('has the central part of a router as a word, not as its networks once more', () => {
    const { draft, edge } = routedSample()
    draft.make(updateRouter(edge, { isDistributed: true }, draft.ids))
    const [drawn] = deriveGraph(draft.topology, [], null).routers
    expect([drawn!.standing, ...drawn!.ports.map(({ nic }) => nic)]).toEqual(['distributed, SNAT on net1', 'blue', 'green', 'outside'])
  })

  it('has a gateway on each member of a cluster, right of what it leads out by', () => {
    const drawn = deriveGraph(makeOneOfEach(), [], null)
    const host = drawn.hosts.find(({ name }) => name === 'gw1')!
    expect(host.endpoints.map(({ kind, name, ports }) => [kind, name, ports[0]!.nic, ports[0]!.address])).toEqual([
      ['gateway', 'gateways', 'gw', '203.0.113.8'],
    ])
    expect(rightHosts(drawn).has(host.id)).toBe(true)
  })

  it('counts floating IPs at their network, and has them at the NICs that they lead to', () => {
    const { draft, demo, outside, web1 } = routedSample()
    const [fixedPortId = ''] = draft.topology.vms.find(({ id }) => id === web1)!.portIds
    const led = draft.floatingIp({ projectId: demo, networkId: outside, fixedPortId })
    draft.floatingIp({ projectId: demo, networkId: outside })
    const marked = [{ id: led, kind: 'floatingIp', action: 'create', name: '', detail: '', fields: [] }] as const
    const { networks, hosts } = deriveGraph(draft.topology, marked, null)
    expect(networks.map(({ name, floatingIps }) => [name, floatingIps])).toEqual([
      ['blue', null],
      ['green', null],
      ['outside', { count: 2, mark: 'change' }],
    ])
    const nics = hosts.flatMap(({ endpoints }) => endpoints.flatMap(({ ports }) => ports))
    expect(nics.flatMap(({ id, floatingIps }) => floatingIps.map(({ address, mark }) => [id, address, mark]))).toEqual([
      [fixedPortId, '203.0.113.3', 'create'],
    ])
    const places = Object.fromEntries([...hosts, ...networks].map(({ id }) => [id, { x: 0, y: 0, width: 1, height: 1 }]))
    expect(stopsOf({ hosts: [], networks, routers: [] }, places).map(({ id }) => id)).toContain(floatingIpsId(outside))
  })

  it('is empty for an empty design', () => {
    expect(deriveGraph(emptyTopology, [], null)).toEqual({ hosts: [], networks: [], routers: [] })
  })
})

describe('toElk', () => {
  const root = toElk(graph)

  it('puts a router between the networks that it joins and the one by which it leads out', () => {
    const { id } = routed.routers[0]!
    const nameOf = (each: string | undefined) => [...routed.networks, ...routed.routers].find((node) => node.id === each)?.name
    const ends = toElk(routed).edges?.map((edge) => [nameOf(edge.sources[0]), nameOf(edge.targets[0])])
    expect(ends?.filter((pair) => pair.includes('edge'))).toEqual([
      ['blue', 'edge'],
      ['green', 'edge'],
      ['edge', 'outside'],
    ])
    expect(toElk({ ...routed, networks: [] }).edges).toEqual([])
    const idle = toElk({ ...routed, routers: [{ ...routed.routers[0]!, ports: [] }] }).edges?.filter(({ targets }) => targets.includes(id))
    expect(idle?.map((edge) => nameOf(edge.sources[0]))).toEqual(['blue'])
    expect(toElk(routed).children?.map((node) => node.id)).toContain(id)
  })

  it('has one edge per host and network, however many ports', () => {
    expect(root.edges?.map((edge) => [edge.sources[0], edge.targets[0]])).toEqual([
      ['cmp1', 'blue'],
      ['cmp2', 'red'],
      ['cmp2', 'blue'],
      ['net1', 'blue'],
    ])
    const large = toElk(deriveGraph(largeCloud(3, 50, 2), [], null))
    expect(large.edges).toHaveLength(6)
  })

  it('draws no edge to a network that is not there', () => {
    expect(toElk({ ...graph, networks: [] }).edges).toEqual([])
  })

  it('leaves room for rows', () => {
    expect(endpointHeight({ ports: graph.hosts[1]!.endpoints[1]!.ports })).toBeGreaterThan(endpointHeight({ ports: [] }))
    const floatingIps = null
    expect(networkHeight({ subnets: [], floatingIps })).toBe(networkHeight({ subnets: [graph.networks[0]!.subnets[0]!], floatingIps }))
    expect(networkHeight({ subnets: [], floatingIps: { count: 2, mark: null } })).toBeGreaterThan(
      networkHeight({ subnets: [], floatingIps }),
    )
  })
})

describe('rightHosts', () => {
  it('keeps a few hosts on one side and halves many', () => {
    expect(rightHosts(graph).size).toBe(0)
    const many = deriveGraph(largeCloud(10, 4, 2), [], null)
    expect([...rightHosts(many)]).toEqual(['cmp6', 'cmp7', 'cmp8', 'cmp9', 'cmp10'])
    expect(toElk(many).edges?.filter((edge) => edge.targets[0]?.startsWith('cmp'))).toHaveLength(10)
  })
})

describe('boxOf', () => {
  const [host] = deriveGraph(largeCloud(1, 25, 2), [], null).hosts
  const { size, inside } = boxOf(host!)

  it('keeps everything inside the host and apart from each other', () => {
    const placed = Object.values(inside)
    expect(placed).toHaveLength(25)
    for (const place of placed) {
      expect(place.x + place.width + sizes.hostPadding).toBeLessThanOrEqual(size.width)
      expect(place.y + place.height + sizes.hostPadding).toBeLessThanOrEqual(size.height)
    }
    const isApart = placed.every((a, at) =>
      placed.slice(at + 1).every((b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y),
    )
    expect(isApart).toBe(true)
  })

  it('puts a few below each other', () => {
    const few = boxOf({ ...host!, endpoints: host!.endpoints.slice(0, 4) })
    expect(few.size.width).toBe(sizes.endpointWidth + 2 * sizes.hostPadding)
  })

  it('has room for a host without anything', () => {
    expect(boxOf({ ...host!, endpoints: [] }).size.height).toBe(sizes.emptyHostHeight - sizes.endpointGap)
  })
})

describe('flowElements', () => {
  const ids = ['cmp1', 'cmp2', 'net1', 'blue', 'red']
  const root = { id: 'root', children: ids.map((id, index) => ({ id, x: index, y: 0, width: 10, height: 10 })) }
  const places = fromElk(graph, root)

  it('puts the hosts flush on the side of the networks', () => {
    expect(new Set(['cmp1', 'cmp2', 'net1'].map((id) => places[id]!.x + places[id]!.width)).size).toBe(1)
  })

  it('puts hosts before what is in them', () => {
    const { nodes } = flowElements(graph, places)
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
    const { edges } = withSelection(flowElements(graph, places), graph, selected)
    expect(edges.filter((edge) => edge.data?.isLit).map((edge) => edge.id)).toEqual(lit)
  })

  const blueSubnet = graph.networks.find(({ id }) => id === 'blue')!.subnets[0]!.id

  it.each<[string, readonly string[], readonly string[]]>([
    ['web-2', ['web-2'], ['p2', 'p3']],
    ['cmp1', ['cmp1'], ['p1']],
    ['p2', [], ['p2']],
    [blueSubnet, ['blue'], []],
  ])('draws nothing anew for %s but what it touches', (selected, touchedNodes, touchedEdges) => {
    const drawn = flowElements(graph, places)
    const { nodes, edges } = withSelection(drawn, graph, selected)
    expect(nodes.flatMap((node, at) => (node === drawn.nodes[at] ? [] : [node.id]))).toEqual(touchedNodes)
    expect(edges.flatMap((edge, at) => (edge === drawn.edges[at] ? [] : [edge.id]))).toEqual(touchedEdges)
    expect(nodes.filter((node) => node.selected).map(({ id }) => id)).toEqual(touchedNodes.filter((id) => id === selected))
    expect(edges.filter((edge) => edge.selected).map(({ id }) => id)).toEqual(touchedEdges.filter((id) => id === selected))
  })

  it('marks the subnet that is selected in its network', () => {
    const { nodes } = withSelection(flowElements(graph, places), graph, blueSubnet)
    expect(nodes.flatMap((node) => (node.type === 'network' ? [[node.id, node.data.selectedPartId]] : []))).toEqual([
      ['blue', blueSubnet],
      ['red', null],
    ])
  })

  it('leaves out what has no place yet', () => {
    const { nodes, edges } = flowElements(graph, {})
    expect([nodes, edges]).toEqual([[], []])
  })
})

describe('a router among the elements', () => {
  const [edge] = routed.routers
  const ids = [...routed.hosts, ...routed.networks, edge!].map(({ id }) => id)
  const places = fromElk(routed, { id: 'root', children: ids.map((id, index) => ({ id, x: 100 * index, y: 0, width: 10, height: 10 })) })
  const drawn = flowElements(routed, places)

  it('has its wires in the hues of the networks, the gateway towards the right', () => {
    const wires = drawn.edges.filter(({ source }) => source === edge!.id)
    expect(wires.map(({ target, targetHandle }) => [routed.networks.find(({ id }) => id === target)?.name, targetHandle])).toEqual([
      ['blue', 'from-right'],
      ['green', 'from-right'],
      ['outside', 'from-left'],
    ])
  })

  it('lights all of them when it is selected', () => {
    const { edges } = withSelection(drawn, routed, edge!.id)
    expect(edges.filter(({ data }) => data?.isLit).map(({ source }) => source)).toEqual([edge!.id, edge!.id, edge!.id])
  })

  it('is another shape with one network less', () => {
    const less = { ...routed, routers: [{ ...edge!, ports: edge!.ports.slice(1) }] }
    expect(layoutKey(less)).not.toBe(layoutKey(routed))
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
