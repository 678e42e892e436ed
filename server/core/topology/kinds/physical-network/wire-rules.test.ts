import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../../explain/violation'
import { lintTopology } from '../../../lint/lint-topology'
import type { TopologyEdit } from '../../edit'
import { createHost, removeHost, updateHost } from '../host/host-edits'
import { createNetwork, updateNetwork } from '../network/network-edits'
import { createPhysicalNetwork, removePhysicalNetwork, updatePhysicalNetwork } from './physical-network-edits'
import { createPort } from '../port/port-edits'
import { createUplink, removeUplink } from '../nested-uplink/nested-uplink-edits'
import { removeVm } from '../vm/vm-edits'
import { hostRegistrationInput } from '../host/host-input'
import { networkInput } from '../network/network-input'
import { physicalNetworkInput } from './physical-network-input'
import { makeSample } from '../../testing/sample'
import type { Topology } from '../../topology'
import { checkTopology } from '../../testing/check-topology'

const physical = (input: object) => physicalNetworkInput.parse({ name: 'x', ...input })

/** physnet1 has VLANs 100 to 199 and, in it, network green; web-1 on cmp1 and web-2 on cmp2 become hosts. */
function makeNested() {
  const sample = makeSample()
  const { draft, physnet1, web1, web2 } = sample
  const uplink1 = draft.make(createUplink({ vmId: web1, physicalNetworkId: physnet1 }, draft.ids)).id
  const uplink2 = draft.make(createUplink({ vmId: web2, physicalNetworkId: physnet1 }, draft.ids)).id
  const inner = draft.make(
    createPhysicalNetwork(physical({ name: 'inner', carrierId: physnet1, vlanRanges: [{ min: 1200, max: 1299 }] }), draft.ids),
  ).id
  const bridgeMappings = [{ physicalNetworkId: inner, bridge: 'br-eth1', nic: 'eth1' }]
  const in1 = draft.host('in1', 0, { tunnel: null, vmId: web1, bridgeMappings })
  return { ...sample, uplink1, uplink2, inner, bridgeMappings, in1 }
}

const sample = makeNested()
const { draft, demo, physnet1, inner, web1, web2, cmp1, in1, uplink1, uplink2, bridgeMappings } = sample
const { ids } = draft
const outerMapping = draft.topology.hosts.find(({ id }) => id === cmp1)!.bridgeMappings[0]!
const broken = (edit: TopologyEdit<unknown>) => draft.violations(edit).map(({ rule, field, objects }) => ({ rule, field, objects }))
const host = (changes: object) =>
  createHost(
    hostRegistrationInput.parse({
      name: 'in2',
      address: '127.0.0.1',
      port: 22,
      user: 'root',
      auth: { kind: 'agent' },
      roles: ['compute'],
      ...changes,
    }),
    ids,
  )
const network = (changes: object) =>
  createNetwork(networkInput.parse({ projectId: demo, name: 'n', type: 'vlan', physicalNetworkId: inner, ...changes }), ids)
const carried = (changes: object) => createPhysicalNetwork(physical({ name: 'second', carrierId: physnet1, ...changes }), ids)

it('the sample breaks no rule and leaves lint silent', () => {
  expect(checkTopology(draft.topology)).toEqual([])
  expect(lintTopology(draft.topology)).toEqual([])
})

describe('what the console chooses', () => {
  it('numbers uplinks per host', () => {
    expect(draft.topology.nestedUplinks.map(({ number }) => number)).toEqual([1, 1])
    const other = makeSample()
    const vms = ['a', 'b', 'c'].map((name) => other.draft.vm({ projectId: other.demo, name, hostId: other.cmp1, networkIds: [other.blue] }))
    const made = vms.map((vmId) => other.draft.make(createUplink({ vmId, physicalNetworkId: other.physnet1 }, other.draft.ids)).id)
    other.draft.make(removeUplink(made[1]!, other.draft.ids))
    other.draft.make(createUplink({ vmId: vms[1]!, physicalNetworkId: other.physnet1 }, other.draft.ids))
    expect(vms.map((vmId) => other.draft.topology.nestedUplinks.find((uplink) => uplink.vmId === vmId)!.number)).toEqual([1, 2, 3])
  })
  it.each<[string, object, number]>([
    ['a provider bridge', { bridgeMappings: [{ bridge: 'br-data', nic: 'eth1' }] }, 2],
    ['bridges and a veth end', { bridgeMappings: [{ bridge: 'qvo-data', nic: 'br-data2' }] }, 3],
    ['a NIC', { bridgeMappings: [{ bridge: 'br-x', nic: 'br-data' }] }, 2],
    ['the bridge of the tunnel NIC', { tunnel: { nic: 'data', address: '192.168.150.99', prefixLength: 24 } }, 2],
    ['nothing: br-data3 is free', { bridgeMappings: [{ bridge: 'br-data3', nic: 'eth1' }] }, 1],
  ])(
    'passes a number over whose names the host has: %s',
    (_, { bridgeMappings: [mapping] = [], ...changes }: { bridgeMappings?: object[] }, number) => {
      const { draft: other, web1: vm, cmp1: outer, physnet1: wire } = makeSample()
      const [first] = other.topology.hosts.find(({ id }) => id === outer)!.bridgeMappings
      other.make(updateHost(outer, { datapathType: 'netdev', bridgeMappings: [{ ...first!, ...mapping }], ...changes }, other.ids))
      other.make(createUplink({ vmId: vm, physicalNetworkId: wire }, other.ids))
      expect(other.topology.nestedUplinks.map((uplink) => uplink.number)).toEqual([number])
      expect(checkTopology(other.topology)).toEqual([])
    },
  )
  it('takes MAC addresses of uplinks and of inner ports from bases of their own', () => {
    expect(draft.topology.nestedUplinks.every(({ macAddress }) => macAddress.startsWith('fa:16:3d:'))).toBe(true)
    expect(draft.topology.physicalNetworks.find(({ id }) => id === inner)!.macBase).toBe('fa:16:40')
    const made = network({})(draft.topology)
    if (!made.ok) throw new Error('refused')
    const ported = createPort({ networkId: made.value.id, name: 'p' }, ids)(made.topology)
    if (!ported.ok) throw new Error('refused')
    expect(ported.topology.ports.find(({ name }) => name === 'p')!.macAddress).toMatch(/^fa:16:40:/)
  })
  it('gives the second inner cloud on a wire another base', () => {
    const made = carried({ vlanRanges: [{ min: 2000, max: 2001 }] })(draft.topology)
    expect(made.ok && made.topology.physicalNetworks.find(({ name }) => name === 'second')!.macBase).toBe('fa:16:41')
  })
})

// docs/reference/nested-uplinks.md: the inner range must not meet any outer range or VLAN in use.
describe('on one wire is refused', () => {
  it.each([
    ['a range that meets the outer one', carried({ vlanRanges: [{ min: 190, max: 210 }] }), 'wire-vlan-ranges', 'vlanRanges', ['physnet1']],
    [
      'a range that meets another inner one',
      carried({ vlanRanges: [{ min: 1299, max: 1299 }] }),
      'wire-vlan-ranges',
      'vlanRanges',
      ['inner'],
    ],
    [
      'an inner network in the outer range',
      network({ segmentationId: 150 }),
      'wire-vlan-in-range',
      'segmentationId',
      ['physnet1', 'inner'],
    ],
    [
      'an outer network in the inner range',
      network({ physicalNetworkId: physnet1, segmentationId: 1250 }),
      'wire-vlan-in-range',
      'segmentationId',
      ['inner', 'physnet1'],
    ],
    ['the MAC base of the outer cloud', carried({ macBase: 'fa:16:3e' }), 'wire-mac-base', 'macBase', ['physnet1']],
    ['the MAC base of another inner cloud', carried({ macBase: 'FA-16-40' }), 'wire-mac-base', 'macBase', ['inner']],
    ['the MAC base of routers', carried({ macBase: 'fa:16:3f' }), 'mac-base-reserved', 'macBase', []],
    ['the MAC base of uplinks', carried({ macBase: 'fa:16:3d' }), 'mac-base-reserved', 'macBase', []],
    ['a MAC base of zeros', carried({ macBase: '00:00:00:00:00:00' }), 'mac-base-form', 'macBase', []],
    ['a MAC base that is none', carried({ macBase: 'fa:16' }), 'mac-base-form', 'macBase', []],
    ['a multicast MAC base', carried({ macBase: '01:00:5e' }), 'mac-base-form', 'macBase', []],
    ['more than the wire carries', carried({ mtu: 9000 }), 'carrier-mtu', 'mtu', ['physnet1']],
    ['a carrier that does not exist', carried({ carrierId: '99999999-9999-4999-8999-999999999999' }), 'known-object', 'carrierId', []],
    ['a ring', updatePhysicalNetwork(physnet1, { carrierId: inner }), 'carrier-ring', 'carrierId', ['inner']],
    [
      'a wider outer range',
      updatePhysicalNetwork(physnet1, { vlanRanges: [{ min: 100, max: 1200 }] }),
      'wire-vlan-ranges',
      'vlanRanges',
      ['inner'],
    ],
    ['less than is carried', updatePhysicalNetwork(physnet1, { mtu: 1400 }), 'carrier-mtu', 'mtu', ['inner']],
  ])('%s', (_, edit, rule, field, objects) => expect(broken(edit)).toContainEqual({ rule, field, objects }))

  it('the same VLAN id twice, also outside all ranges', () => {
    const first = network({ physicalNetworkId: physnet1, segmentationId: 3000 })(draft.topology)
    if (!first.ok) throw new Error('refused')
    const second = network({ name: 'm', segmentationId: 3000 })(first.topology)
    expect(second.ok ? [] : second.violations).toMatchObject([
      { rule: 'wire-segment', field: 'segmentationId', objects: ['inner', 'physnet1', 'n'] },
    ])
  })
  it('two untagged networks', () => {
    const first = network({ type: 'flat', physicalNetworkId: physnet1 })(draft.topology)
    if (!first.ok) throw new Error('refused')
    const second = network({ type: 'flat', name: 'm' })(first.topology)
    expect(second.ok ? [] : second.violations).toMatchObject([
      { rule: 'wire-segment', field: 'physicalNetworkId', objects: ['inner', 'physnet1', 'n'] },
    ])
  })
  it('says why', () => {
    const [violation] = draft.violations(carried({ vlanRanges: [{ min: 150, max: 160 }] }))
    expect(explainViolation(violation!)).toBe(
      '"physnet1" and "second" share a wire, and the VLAN ranges of both have VLANs 150 to 160: the provider bridge of either cloud floods such a frame to br-int, which takes it for its own network: frames would be injected into a foreign network.',
    )
  })
  it('leaves other wires alone', () =>
    expect(broken(createPhysicalNetwork(physical({ name: 'elsewhere', vlanRanges: [{ min: 100, max: 1299 }] }), ids))).toEqual([]))
  it('moving a VLAN of the inner cloud is checked too', () => {
    const made = network({})(draft.topology)
    if (!made.ok) throw new Error('refused')
    const moved = updateNetwork(made.value.id, { segmentationId: 101 }, ids)(made.topology)
    expect(moved.ok ? [] : moved.violations.map(({ rule }) => rule)).toEqual(['wire-vlan-in-range'])
  })
})

describe('uplinks and inner hosts', () => {
  it.each([
    [
      'a second uplink to the same wire',
      createUplink({ vmId: web1, physicalNetworkId: physnet1 }, ids),
      'uplink-unique',
      'physicalNetworkId',
      ['web-1'],
    ],
    ['an uplink of a VM that is not there', createUplink({ vmId: cmp1, physicalNetworkId: physnet1 }, ids), 'known-object', 'vmId', []],
    [
      'an uplink to what the host does not map',
      createUplink({ vmId: web1, physicalNetworkId: inner }, ids),
      'uplink-mapping',
      'physicalNetworkId',
      ['inner'],
    ],
    ['taking the bridge away', updateHost(cmp1, { bridgeMappings: [] }, ids), 'uplink-mapping', 'bridgeMappings', ['physnet1']],
    ['another agent', updateHost(cmp1, { agentKind: 'linuxbridge' }, ids), 'uplink-openvswitch', 'agentKind', ['cmp1']],
    [
      'a provider bridge with the name of an uplink’s',
      updateHost(cmp1, { bridgeMappings: [{ ...outerMapping, bridge: 'br-data' }] }, ids),
      'uplink-device',
      'bridgeMappings.0.bridge',
      ['nested uplink of web-1 to physnet1'],
    ],
    [
      'a NIC with the name of an uplink’s end',
      updateHost(cmp1, { bridgeMappings: [{ ...outerMapping, nic: 'qvo-data' }] }, ids),
      'uplink-device',
      'bridgeMappings.0.nic',
      ['nested uplink of web-1 to physnet1'],
    ],
    ['removing an uplink in use', removeUplink(uplink1, ids), 'uplink-unused', null, ['br-eth1']],
    ['removing a VM that is a host', removeVm(web1, ids), 'vm-is-host', null, ['in1']],
    [
      'removing the carrier',
      removePhysicalNetwork(physnet1),
      'physical-network-carries',
      null,
      ['inner', 'nested uplink of web-1 to physnet1', 'nested uplink of web-2 to physnet1'],
    ],
    ['a VM as two hosts', host({ vmId: web1 }), 'host-vm-unique', 'vmId', ['in1']],
    ['a VM that is not there', host({ vmId: cmp1 }), 'known-object', 'vmId', []],
    ['a host inside itself', updateHost(cmp1, { vmId: web1 }, ids), 'host-vm-unique', 'vmId', ['in1']],
    [
      'a physical network without a wire',
      host({ vmId: web2, bridgeMappings: [{ ...bridgeMappings[0], physicalNetworkId: physnet1 }] }),
      'inner-wire',
      'bridgeMappings.0.physicalNetworkId',
      ['physnet1'],
    ],
    ['leaving the wire', updatePhysicalNetwork(inner, { carrierId: null }), 'inner-wire', 'carrierId', ['inner']],
  ])('refuses %s', (_, edit, rule, field, objects) => expect(broken(edit)).toContainEqual({ rule, field, objects }))

  it('refuses a host that would be a VM of its own', () =>
    expect(broken(updateHost(sample.cmp2, { vmId: web2 }, ids))).toContainEqual({
      rule: 'host-inside-itself',
      field: 'vmId',
      objects: ['web-2'],
    }))
  it('takes br-data for a provider bridge where no uplink has it', () =>
    expect(broken(updateHost(in1, { bridgeMappings: [{ ...bridgeMappings[0]!, bridge: 'br-data' }] }, ids))).toEqual([]))
  it('takes a second inner host', () => expect(broken(host({ vmId: web2, bridgeMappings }))).toEqual([]))

  it('goes in the order: host, uplink or VM', () => {
    const { draft: other, in1: first, web1: vm, uplink1: uplink } = makeNested()
    other.make(removeHost(first, other.ids))
    other.make(removeUplink(uplink, other.ids))
    other.make(removeVm(vm, other.ids))
    expect(checkTopology(other.topology)).toEqual([])
    other.make(removeVm(sample.web2, other.ids))
    expect(other.topology.nestedUplinks).toEqual([])
  })
  it('notes a wire that nothing leads to', () => {
    const without: Topology = { ...draft.topology, nestedUplinks: [] }
    expect(lintTopology(without)).toMatchObject([
      { code: 'carrier-without-uplink', severity: 'warning', subject: { kind: 'physicalNetwork', name: 'inner' } },
    ])
  })
  it('keeps the uplink of the other host', () => expect(draft.topology.nestedUplinks.map(({ id }) => id)).toContain(uplink2))
  it('unregisters as what it was', () => expect(draft.topology.hosts.find(({ id }) => id === in1)!.vmId).toBe(web1))
})

// Whatever ranges and networks are drawn on one wire, what is accepted never lets one id belong to two physical networks.
it('an accepted design has no VLAN id twice on a wire', () => {
  const id = fc.integer({ min: 1, max: 30 })
  const range = fc.tuple(id, fc.nat(6)).map(([min, length]) => ({ min, max: min + length }))
  const step = fc.oneof(
    fc.record({ kind: fc.constant('physical' as const), ranges: fc.array(range, { maxLength: 2 }) }),
    fc.record({ kind: fc.constant('network' as const), on: fc.nat(5), vlan: id }),
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const { draft: other, physnet1: outer } = makeSample()
      let topology: Topology = { ...other.topology, networks: [], subnets: [], ports: [], vms: [], localVlans: [] }
      steps.forEach((each, index) => {
        const target = topology.physicalNetworks[('on' in each ? each.on : 0) % topology.physicalNetworks.length]!
        const edit =
          each.kind === 'physical'
            ? createPhysicalNetwork(physical({ name: `p${index}`, carrierId: outer, vlanRanges: each.ranges }), other.ids)
            : createNetwork(
                {
                  projectId: topology.projects[0]!.id,
                  name: `n${index}`,
                  type: 'vlan',
                  physicalNetworkId: target.id,
                  segmentationId: each.vlan,
                },
                other.ids,
              )
        const outcome = edit(topology)
        if (outcome.ok) topology = outcome.topology
      })
      const claims = new Map<number, Set<string>>()
      const claim = (vlan: number, owner: string) => claims.set(vlan, (claims.get(vlan) ?? new Set()).add(owner))
      for (const { id: owner, vlanRanges } of topology.physicalNetworks)
        for (const { min, max } of vlanRanges) for (let vlan = min; vlan <= max; vlan += 1) claim(vlan, owner)
      for (const { physicalNetworkId, segmentationId } of topology.networks) claim(segmentationId!, physicalNetworkId!)
      expect([...claims].filter(([, owners]) => owners.size > 1)).toEqual([])
      expect(lintTopology(topology).filter(({ severity }) => severity === 'error')).toEqual([])
      expect(checkTopology(topology)).toEqual([])
    }),
    { numRuns: 100 },
  )
})
