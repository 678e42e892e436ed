// Two edits that are lawful each, and not together: whichever comes second is refused, and says what meets what.

import { describe, expect, it } from 'vitest'
import { explainViolation } from '../explain/violation'
import type { TopologyEdit } from '../topology/edit'
import { createNetwork } from '../topology/kinds/network/network-edits'
import { createPhysicalNetwork, updatePhysicalNetwork } from '../topology/kinds/physical-network/physical-network-edits'
import { createProject } from '../topology/kinds/project/project-edits'
import { networkInput } from '../topology/kinds/network/network-input'
import { physicalNetworkInput } from '../topology/kinds/physical-network/physical-network-input'
import { Draft } from '../topology/testing/sample'
import { lintTopology } from './lint-topology'

/** `inner` and `beside` travel on the wire of `outer`, and `innermost` is the inner cloud's inner cloud. `elsewhere` has a wire of its own. */
const draft = new Draft()
const { ids } = draft
const physical = (name: string, changes: object = {}) =>
  draft.make(createPhysicalNetwork(physicalNetworkInput.parse({ name, ...changes }), ids)).id
const projectId = draft.make(createProject({ name: 'demo' }, ids)).id
const outer = physical('outer')
const inner = physical('inner', { carrierId: outer })
const beside = physical('beside', { carrierId: outer })
const innermost = physical('innermost', { carrierId: inner })
const elsewhere = physical('elsewhere', { vlanRanges: [{ min: 2000, max: 2099 }] })
draft.make(createNetwork(networkInput.parse({ projectId, name: 'flat elsewhere', type: 'flat', physicalNetworkId: elsewhere }), ids))

type Edit = TopologyEdit<unknown>
const nameOf = (id: string): string => draft.topology.physicalNetworks.find((each) => each.id === id)!.name
const range = (id: string, min: number, max: number): Edit => updatePhysicalNetwork(id, { vlanRanges: [{ min, max }] })
const base = (id: string, macBase: string): Edit => updatePhysicalNetwork(id, { macBase })
const carry = (id: string, carrierId: string): Edit => updatePhysicalNetwork(id, { carrierId })
const network = (physicalNetworkId: string, changes: object): Edit =>
  createNetwork(networkInput.parse({ projectId, name: `net of ${nameOf(physicalNetworkId)}`, physicalNetworkId, ...changes }), ids)
const vlan = (id: string, segmentationId: number): Edit => network(id, { type: 'vlan', segmentationId })
const flat = (id: string): Edit => network(id, { type: 'flat' })

function apply(edits: readonly Edit[]) {
  let topology = draft.topology
  for (const [index, edit] of edits.entries()) {
    const outcome = edit(topology)
    if (!outcome.ok) return { topology, refusedAt: index, violations: outcome.violations }
    topology = outcome.topology
  }
  return { topology, refusedAt: null, violations: [] }
}

describe('refused in either order, naming both', () => {
  it.each([
    ['an inner range and an outer one', range(outer, 100, 199), range(inner, 150, 210), 'wire-vlan-ranges', ['outer', 'inner']],
    ['ranges that have one VLAN in common', range(outer, 100, 199), range(inner, 199, 250), 'wire-vlan-ranges', ['outer', 'inner']],
    ['ranges of two inner clouds', range(inner, 1200, 1299), range(beside, 1299, 1300), 'wire-vlan-ranges', ['inner', 'beside']],
    ['ranges two clouds apart', range(outer, 100, 199), range(innermost, 120, 130), 'wire-vlan-ranges', ['outer', 'innermost']],
    [
      'an inner network and the outer range',
      vlan(inner, 150),
      range(outer, 100, 199),
      'wire-vlan-in-range',
      ['inner', 'outer', 'net of inner'],
    ],
    [
      'an outer network outside all ranges and an inner range',
      vlan(outer, 1250),
      range(inner, 1200, 1299),
      'wire-vlan-in-range',
      ['inner', 'outer', 'net of outer'],
    ],
    [
      'an outer network and the range two clouds in',
      vlan(outer, 1250),
      range(innermost, 1200, 1299),
      'wire-vlan-in-range',
      ['innermost', 'outer', 'net of outer'],
    ],
    [
      'a network of another inner cloud',
      vlan(beside, 1250),
      range(inner, 1200, 1299),
      'wire-vlan-in-range',
      ['beside', 'inner', 'net of beside'],
    ],
    [
      'two networks outside all ranges',
      vlan(outer, 3000),
      vlan(inner, 3000),
      'wire-segment',
      ['outer', 'inner', 'net of outer', 'net of inner'],
    ],
    [
      'two networks two clouds apart',
      vlan(outer, 3000),
      vlan(innermost, 3000),
      'wire-segment',
      ['outer', 'innermost', 'net of outer', 'net of innermost'],
    ],
    ['two untagged networks', flat(outer), flat(inner), 'wire-segment', ['outer', 'inner', 'net of outer', 'net of inner']],
    [
      'untagged networks of two inner clouds',
      flat(beside),
      flat(innermost),
      'wire-segment',
      ['beside', 'innermost', 'net of beside', 'net of innermost'],
    ],
    [
      'one MAC base for the outer and the inner cloud',
      base(outer, 'fa:16:f0'),
      base(inner, 'fa:16:f0'),
      'wire-mac-base',
      ['outer', 'inner'],
    ],
    ['one MAC base two clouds apart', base(outer, 'fa:16:f0'), base(innermost, 'fa:16:f0'), 'wire-mac-base', ['outer', 'innermost']],
    [
      'joining a wire with ranges of its own',
      carry(elsewhere, outer),
      range(outer, 2050, 2060),
      'wire-vlan-ranges',
      ['elsewhere', 'outer'],
    ],
    [
      'joining a wire with an untagged network of its own',
      carry(elsewhere, inner),
      flat(outer),
      'wire-segment',
      ['elsewhere', 'outer', 'flat elsewhere', 'net of outer'],
    ],
    [
      'moving to another wire with what is carried: a range',
      carry(inner, elsewhere),
      range(innermost, 2000, 2010),
      'wire-vlan-ranges',
      ['innermost', 'elsewhere'],
    ],
    [
      'moving to another wire with what is carried: a network',
      carry(inner, elsewhere),
      vlan(innermost, 2050),
      'wire-vlan-in-range',
      ['innermost', 'elsewhere', 'net of innermost'],
    ],
    [
      'moving to another wire with what is carried: an untagged network',
      carry(inner, elsewhere),
      flat(innermost),
      'wire-segment',
      ['innermost', 'elsewhere', 'flat elsewhere', 'net of innermost'],
    ],
  ] as const)('%s', (_, one, other, rule, names) => {
    expect([apply([one]).violations, apply([other]).violations]).toEqual([[], []])
    for (const edits of [
      [one, other],
      [other, one],
    ]) {
      const { refusedAt, violations } = apply(edits)
      expect({ refusedAt, rules: violations.map((each) => each.rule) }).toEqual({ refusedAt: 1, rules: [rule] })
      for (const name of names) expect(explainViolation(violations[0]!)).toContain(`"${name}"`)
      expect(explainViolation(violations[0]!)).toContain('frames would be injected into a foreign network')
    }
  })
})

describe('taken in either order', () => {
  it.each([
    ['ranges side by side', range(outer, 100, 199), range(inner, 200, 299)],
    ['the same VLANs on another wire', range(outer, 2000, 2099), range(inner, 1200, 1299)],
    ['an untagged network on each of two wires', flat(outer), range(elsewhere, 100, 199)],
    ['a tagged and an untagged network', vlan(outer, 100), flat(inner)],
    ['a network in the range of its own cloud', range(inner, 1200, 1299), vlan(inner, 1250)],
    ['leaving for a wire where nothing meets', carry(inner, elsewhere), range(innermost, 1200, 1299)],
  ] as const)('%s', (_, one, other) => {
    for (const edits of [
      [one, other],
      [other, one],
    ]) {
      const { topology, violations } = apply(edits)
      expect(violations).toEqual([])
      expect(lintTopology(topology).filter(({ severity }) => severity === 'error')).toEqual([])
    }
  })
})
