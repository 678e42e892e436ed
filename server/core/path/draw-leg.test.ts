// What a leg has from the walk through the design: frames that hang together, neighbours that can be neighbours, and an honest end where
// the design carries frames no further.

import { describe, expect, it } from 'vitest'
import type { Flow } from '../host/flow'
import type { HostState } from '../host/host-state'
import { innerHostIds, innerPorts, nestedTopology } from '../testing/sample-nested'
import { ids } from '../testing/sample-topology'
import { redId, trunkTopology } from '../testing/sample-trunk'
import type { Topology } from '../topology/topology'
import { computePath, isPath } from './compute-path'
import { linkStyle } from './link-style'
import { Cloud, localVlan, macs, networkId, ports } from './testing/cloud'
import { explainedPath, type ExplainedHop, type ExplainedPath } from '../testing/explained'

function draw(topology: Topology, source: string, destination: string): ExplainedPath {
  const path = computePath({ topology, observations: new Map() }, source, destination)
  if (!isPath(path)) throw new Error(path.code)
  return explainedPath(path)
}
const designed = (type: 'flat' | 'vlan' | 'vxlan', edit: Partial<Topology> = {}) =>
  draw({ ...new Cloud({ type }).topology, ...edit }, ports.web1, ports.web2)
const roles = ({ forth: { hops } }: ExplainedPath) => hops.map(({ role }) => role).join(' ')

describe('frames of a leg', () => {
  it.each<[string, ExplainedPath]>([
    ['flat', designed('flat')],
    ['VLAN', designed('vlan')],
    ['VXLAN', designed('vxlan')],
    ['trunk', draw(trunkTopology({ datapathType: 'system' }), redId, ids.port(3, 3))],
    ['Linux bridge', draw(trunkTopology({ linuxBridge: [1, 2], datapathType: 'system' }), redId, ids.port(3, 3))],
    ['nested', draw(nestedTopology(), innerPorts[0], innerPorts[1])],
  ])('%s: what leaves one place comes to the next', (_, { forth, back }) => {
    for (const { hops } of [forth, back]) expect(hops.slice(1).map((hop) => hop.in)).toEqual(hops.slice(0, -1).map((hop) => hop.out))
  })

  it('are what the bridges make of them', () => {
    const { hops } = designed('vlan').forth
    const at = (role: string, last = false): ExplainedHop =>
      (last ? hops.findLast((hop) => hop.role === role) : hops.find((hop) => hop.role === role))!
    expect(
      [at('br-int'), at('provider-bridge'), at('br-int', true)].map((hop) =>
        [hop.in, hop.out].map(({ vlans }) => vlans.map(({ vlanId }) => vlanId)),
      ),
    ).toEqual([
      [[], [localVlan.cmp1]],
      [[localVlan.cmp1], [120]],
      [[120], []],
    ])
  })

  it('wear the MACs that the hosts have outside of a tunnel', () => {
    const path = computePath(new Cloud({ type: 'vxlan' }).input, ports.web1, ports.web2)
    if (!isPath(path)) throw new Error(path.code)
    const wire = path.forth.hops.find(({ role }) => role === 'wire')!
    expect([wire.in.sourceMac, wire.in.destinationMac]).toEqual(['02:00:00:00:37:12', '02:00:00:00:37:13'])
    expect(wire.in.payload).toMatchObject({
      transport: { tunnelled: { vni: 100, frame: { sourceMac: macs.web1, destinationMac: macs.web2, vlans: [] } } },
    })
  })
})

describe('where the design carries frames no further the leg ends, and says why', () => {
  const { topology } = new Cloud({ type: 'vxlan' })
  const editPort = (id: string, patch: object) => ({ ports: topology.ports.map((port) => (port.id === id ? { ...port, ...patch } : port)) })
  const editHost = (id: string, patch: object) => ({ hosts: topology.hosts.map((host) => (host.id === id ? { ...host, ...patch } : host)) })

  it.each<[string, ExplainedPath, string, string]>([
    [
      'a source that is down',
      designed('vxlan', editPort(ports.web1, { isAdminStateUp: false })),
      'vm tap qbr qvb qvo br-int',
      'The port is administratively down in the design',
    ],
    [
      'a destination that is down',
      designed('vxlan', editPort(ports.web2, { isAdminStateUp: false })),
      'vm tap qbr qvb qvo br-int patch br-tun nic wire nic br-tun patch br-int',
      'The port of web2 is administratively down in the design',
    ],
    [
      'no local VLAN',
      designed('vxlan', { localVlans: [{ hostId: 'cmp2', networkId, vlan: 7 }] }),
      'vm tap qbr qvb qvo br-int',
      'The design has chosen no local VLAN for net-a on cmp1 yet',
    ],
    [
      'no tunnel endpoint',
      designed('vxlan', editHost('cmp1', { tunnel: null })),
      'vm tap qbr qvb qvo br-int',
      'cmp1 has no tunnel endpoint in the design',
    ],
    [
      'none on the other host',
      designed('vxlan', editHost('cmp2', { tunnel: null })),
      'vm tap qbr qvb qvo br-int patch br-tun',
      'cmp2 has no tunnel endpoint in the design',
    ],
    [
      'no bridge for the physical network',
      designed('flat', editHost('cmp1', { bridgeMappings: [] })),
      'vm tap qbr qvb qvo br-int',
      'The design maps no bridge of cmp1 to the physical network',
    ],
  ])('%s', (_, path, expected, sentence) => {
    expect(roles(path)).toBe(expected)
    expect(path.verdict?.sentence).toBe(sentence)
    expect(path.forth.hops.at(-1)!.intent).toBe('differs')
  })

  it('a host that nobody has prepared yet is drawn as it will be', () => {
    const path = designed('vxlan', editHost('cmp2', { isPrepared: false }))
    expect([path.verdict, path.forth.hops.at(-1)!.role]).toEqual([null, 'vm'])
  })
})

it('two ports of one host that is a VM never leave it', () => {
  const topology = nestedTopology()
  const path = draw(
    {
      ...topology,
      ports: topology.ports.map((port) => (port.id === innerPorts[1] ? { ...port, hostId: innerHostIds[0] } : port)),
      vms: topology.vms.map((vm) => (vm.portIds.includes(innerPorts[1]) ? { ...vm, hostId: innerHostIds[0] } : vm)),
    },
    innerPorts[0],
    innerPorts[1],
  )
  expect(roles(path)).toBe('vm tap qbr qvb qvo br-int qvo qvb qbr tap vm')
})

it('places that cannot be neighbours are an error, not a wire', () => {
  expect(() => linkStyle('guest', 'nic', false)).toThrow('guest and nic cannot be neighbours on a path')
  expect([linkStyle('ovs-bridge', 'nic', false), linkStyle('ovs-bridge', 'nic', true)]).toEqual(['bridge-port', 'tunnel'])
})

describe('where else a bridge sends the frame', () => {
  const [qvo3, out] = ['qvo5e6f7a8b-46', 'int-br-ens38']
  const alsoTo = (learned: HostState['learned'], edit: (each: Flow) => Flow = (each) => each) => {
    const cloud = new Cloud({ type: 'vxlan' }).change('cmp1', 'flows', edit)
    cloud.states.cmp1 = { ...cloud.states.cmp1, learned }
    const path = computePath(cloud.input, ports.web1, ports.web2)
    return isPath(path) && path.forth.hops.find(({ role }) => role === 'br-int')!.alsoTo
  }

  it('is told of a flood, once it is known that the MAC is not', () => {
    expect(alsoTo({ ovsMacs: { 'br-int': [] } })).toEqual(['tapd0d0d0d0-35', qvo3, out].map((port) => ({ port, as: 'copy' })))
    expect(alsoTo({ ovsMacs: { 'br-int': [{ port: 'patch-tun', vlan: localVlan.cmp1, macAddress: macs.web2 }] } })).toEqual([])
    expect(alsoTo(undefined)).toEqual([])
  })

  it('and of a group, which takes one of them', () => {
    const groups = {
      'br-int': [
        {
          id: 7,
          type: 'select' as const,
          buckets: ['patch-tun', out].map((port) => ({ weight: 1, watchPort: null, actions: `output:${port}` })),
        },
      ],
    }
    expect(alsoTo({ groups }, (each) => (each.bridge === 'br-int' && each.table === 60 ? { ...each, actions: 'group:7' } : each))).toEqual([
      { port: out, as: 'alternative' },
    ])
  })
})
