import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { renderSteps } from '../render/render-steps'
import { said } from '../testing/said'
import { ids, sampleTopology } from '../testing/sample-topology'
import { blueId, parentId, sampleTrunk, trunkTopology } from '../testing/sample-trunk'
import { bindSubPorts } from '../topology/kinds/trunk/bind-sub-ports'
import type { Topology } from '../topology/topology'
import { findImpacts } from './impacts'
import type { HostPlan } from './plan'
import { listChanges } from './plan-host'
import { findWarnings } from './warnings'

const host = ids.host(2)
const withSubPorts = (count: number): Topology =>
  bindSubPorts({ ...trunkTopology(), trunks: [{ ...sampleTrunk, subPorts: sampleTrunk.subPorts.slice(0, count) }] })
const untrunked = bindSubPorts({ ...trunkTopology(), trunks: [] })

const diffOf = (from: HostState, to: Topology) => diffHost(compileHost(to, host), from)
const stepsOf = (from: HostState, to: Topology) => renderSteps(diffOf(from, to), 'cmp1')
const planOf = (from: Topology, to: Topology): HostPlan => {
  const diff = diffOf(compileHost(from, host), to)
  return {
    hostId: host,
    hostName: 'cmp1',
    observedAt: '',
    changes: listChanges(diff),
    steps: renderSteps(diff, 'cmp1'),
    undo: [],
    blocked: [],
    kept: [],
  }
}
/** The clauses of both transactions, as people write them. */
const clauses = (from: HostState, to: Topology) =>
  stepsOf(from, to)
    .filter((step) => step.command.argv[0] === 'ovs-vsctl')
    .map((step) => step.command.argv.join(' ').split(' -- ').slice(1))

describe('a trunk from nothing', () => {
  const [prepare, connect] = clauses(emptyHostState, withSubPorts(2)) as [string[], string[]]

  it('brings its patch ends up dead and apart', () => {
    expect(prepare).toContain('add-br tbr-ce000001-0')
    expect(prepare.find((clause) => clause.startsWith('set Bridge tbr-'))).not.toContain('fail_mode')
    for (const name of ['tpt-ff000022-00', 'tpi-ff000022-00', 'spt-ff000038-00', 'spi-ff000038-00']) {
      expect(prepare.find((clause) => clause.startsWith(`set Port ${name}`))).toContain('tag=4095 vlan_mode=trunk trunks=4095')
      expect(prepare.find((clause) => clause.startsWith(`set Interface ${name}`))).toContain('options:"peer"="nonexistent-peer"')
    }
  })

  it.each([
    'set Interface spt-ff000038-00 options:peer="spi-ff000038-00"',
    'set Port spt-ff000038-00 tag=301 vlan_mode=access trunks=[]',
    'set Port tpt-ff000022-00 tag=0 vlan_mode=access trunks=[]',
  ])('connects with %s', (clause) => expect(connect).toContain(clause))

  it('gives the inner ends their local VLAN', () =>
    expect(connect.find((clause) => clause.startsWith('set Port spi-ff000038-00'))).toMatch(
      /^set Port spi-ff000038-00 tag=13 other_config.* vlan_mode=\[\] trunks=\[\]$/,
    ))
})

it('a second plan is empty', () => expect(isEmptyDiff(diffOf(compileHost(withSubPorts(2), host), withSubPorts(2)))).toBe(true))

describe('a subport that comes to a running VM', () => {
  const plan = planOf(withSubPorts(1), withSubPorts(2))
  it('[PLAN-13] touches nothing else, and the blast radius says so', () => {
    expect(findImpacts([plan], withSubPorts(2), withSubPorts(1)).map(({ portId, kind, label }) => [portId, kind, label])).toEqual([
      [blueId, 'new', 'vlan-1 eth0.302 (10.0.1.8)'],
    ])
    expect(plan.changes.filter((change) => change.action !== 'create').map((change) => change.label)).toEqual([
      'OVS port qvoff000022-00 on tbr-ce000001-0',
    ])
  })
  it('takes three commands: ports, flows, connection', () =>
    expect(plan.steps.map((step) => step.command.argv[0])).toEqual(['ovs-vsctl', 'ovs-ofctl', 'ovs-vsctl']))
  it('and goes again in three', () => {
    const back = planOf(withSubPorts(2), withSubPorts(1))
    expect(back.steps.map((step) => step.command.argv[0])).toEqual(['ovs-vsctl', 'ovs-ofctl', 'ovs-vsctl'])
    expect(findImpacts([back], withSubPorts(1), withSubPorts(2)).map(({ portId, kind }) => [portId, kind])).toEqual([[blueId, 'removed']])
  })
})

it('[PLAN-11] moves the VIF when the trunk goes under a running VM', () => {
  const [prepare, connect] = clauses(compileHost(withSubPorts(2), host), untrunked) as [string[], string[]]
  expect(prepare.indexOf('del-port tbr-ce000001-0 qvoff000022-00')).toBeLessThan(prepare.indexOf('add-port br-int qvoff000022-00'))
  expect(prepare).toContain('del-port tbr-ce000001-0 qvoff000022-00')
  expect(connect).toContain('--if-exists del-br tbr-ce000001-0')
  expect(connect.filter((clause) => clause.includes('del-port') && clause.includes('qvo'))).toEqual([])
  expect(connect.filter((clause) => /del-port br-int [ts]pi-/.test(clause))).toHaveLength(3)
})

describe('[PLAN-14] the warning about security', () => {
  it('comes with a trunk, and with a subport', () => {
    const fresh = findWarnings([planOf(sampleTopology(), withSubPorts(2))], withSubPorts(2))
    expect(fresh.map(said)).toEqual([
      {
        severity: 'warning',
        code: 'trunk-unfiltered',
        about: 'trunk',
        sentence: expect.stringMatching(/iptables does not see tagged frames/),
      },
    ])
    expect(findWarnings([planOf(withSubPorts(1), withSubPorts(2))], withSubPorts(2))).toHaveLength(1)
  })
  it('does not come with anything else', () => {
    const renamed = {
      ...withSubPorts(2),
      vms: withSubPorts(2).vms.map((vm) => (vm.portIds.includes(parentId) ? vm : { ...vm, memoryMib: 256 })),
    }
    expect(findWarnings([planOf(withSubPorts(2), renamed)], renamed)).toEqual([])
    expect(findWarnings([planOf(withSubPorts(2), untrunked)], untrunked)).toEqual([])
  })
})
