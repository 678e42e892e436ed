// A switch that remembers the tables of earlier states says of every frame what one says that was built anew: flows come, go, change
// places, priority, actions and cookie; ports come, go and get other numbers; a reading brings the same lines in new objects.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Flow } from '../../host/flow'
import type { OvsPort } from '../../host/ovs'
import { echoRequest } from '../frame'
import { buildSwitch, type SwitchInput } from './switch'
import { SwitchMemory } from './table-memory'
import { bridgeOf, flowOf, patchOf, portOf } from './testing/switch-of'
import { traceSwitch } from './trace-switch'

const MACS = ['02:00:00:00:00:01', '02:00:00:00:00:02', '02:00:00:00:00:03']
const PORTS = ['p1', 'p2', 'p3', 'p4']
const MATCHES = [
  '', 'in_port=p1', 'in_port=p2,dl_vlan=3', `dl_dst=${MACS[0]}`, `dl_dst=${MACS[1]},in_port=p3`, 'ip,nw_dst=10.0.0.2',
  'ip,nw_dst=10.0.0.0/24', 'reg0=0x1', 'dl_vlan=3',
] // prettier-ignore
const ACTIONS = [
  'drop', 'output:p1', 'output:p2', 'output:p3,output:p4', 'NORMAL', 'resubmit(,1)', 'load:0x1->NXM_NX_REG0[],resubmit(,2)',
  'mod_vlan_vid:3,resubmit(,1),output:p4', 'output:to-b', 'push_vlan:0x8100,mod_vlan_vid:9,output:p2',
] // prettier-ignore
const COOKIES = ['0x0', '0x7461cc0000020000']

const parts = {
  priority: fc.nat(3),
  match: fc.constantFrom(...MATCHES),
  actions: fc.constantFrom(...ACTIONS),
  cookie: fc.constantFrom(...COOKIES),
}

const flow = fc
  .record({ bridge: fc.constantFrom('br', 'b'), table: fc.nat(2), ...parts })
  .map(({ bridge, table, priority, match, actions, cookie }) =>
    flowOf(bridge, `cookie=${cookie},table=${table},priority=${priority},${match === '' ? '' : `${match},`}actions=${actions}`),
  )

const state = fc.record({
  flows: fc.array(flow, { maxLength: 14 }),
  /** Which numbers p1 to p4 have; those with 0 are not there. */
  numbers: fc.tuple(...PORTS.map(() => fc.nat(4))),
  hasPeer: fc.boolean(),
})

/** What happens between two readings. */
const change = fc.oneof(
  fc.record({ kind: fc.constant('again' as const) }),
  fc.record({ kind: fc.constant('add' as const), flow, at: fc.nat() }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat() }),
  fc.record({ kind: fc.constant('replace' as const), at: fc.nat(), by: fc.record(parts, { requiredKeys: [] }) }),
  fc.record({ kind: fc.constant('swap' as const), at: fc.nat(), with: fc.nat() }),
  fc.record({ kind: fc.constant('other' as const), state }),
)

type State = typeof state extends fc.Arbitrary<infer T> ? T : never
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function after({ flows, ...rest }: State, each: Change): State {
  const list = flows.map((one): Flow => ({ ...one, packets: 7 }))
  const at = (number: number) => (list.length === 0 ? 0 : number % list.length)
  if (each.kind === 'other') return each.state
  if (each.kind === 'add') list.splice(at(each.at), 0, each.flow)
  if (each.kind === 'remove') list.splice(at(each.at), 1)
  if (each.kind === 'replace' && list.length > 0) list[at(each.at)] = { ...list[at(each.at)]!, ...each.by }
  if (each.kind === 'swap' && list.length > 0) [list[at(each.at)], list[at(each.with)]] = [list[at(each.with)]!, list[at(each.at)]!]
  return { flows: list, ...rest }
}

function inputOf({ flows, numbers, hasPeer }: State): SwitchInput {
  const own = PORTS.flatMap((name, index): OvsPort[] =>
    numbers[index] === 0 ? [] : [portOf('br', name, { interface: { ofport: index + 1 + 10 * numbers[index]! } })],
  )
  const patches = [patchOf('br', 'to-b', 'to-a'), ...(hasPeer ? [patchOf('b', 'to-a', 'to-b')] : []), portOf('b', 'p1')]
  return {
    bridges: [bridgeOf('br'), bridgeOf('b')],
    ports: [...own, ...patches],
    flows,
    groups: { br: [], b: [] },
    vlanLimit: 1,
    unreadFlows: () => null,
  }
}

const FRAMES = MACS.slice(0, 2).flatMap((mac) =>
  [[], [{ tpid: 0x8100, vlanId: 3, pcp: 0 }]].map((vlans) => ({
    ...echoRequest({ mac: MACS[2]!, ip: '10.0.0.1' }, { mac, ip: '10.0.0.2' }),
    vlans,
  })),
)

const answers = (input: SwitchInput, memory?: SwitchMemory) => {
  const sw = buildSwitch(input, memory)
  return ['p1', 'p2', 'p3', 'to-b'].flatMap((port) => FRAMES.map((frame) => traceSwitch(sw, { bridge: 'br', port, frame })))
}

describe('tables that are remembered', () => {
  it('say what tables say that were compiled anew, whatever changed meanwhile', () => {
    fc.assert(
      fc.property(state, fc.array(change, { maxLength: 6 }), (first, changes) => {
        const memory = new SwitchMemory()
        let now = first
        for (const each of [null, ...changes]) {
          now = each === null ? now : after(now, each)
          const input = inputOf(now)
          expect(answers(input, memory)).toEqual(answers(input))
        }
      }),
      { numRuns: 60 },
    )
  })

  const memory = new SwitchMemory()
  const tableOf = (flows: readonly Flow[], ofport = 1) =>
    buildSwitch(
      { bridges: [bridgeOf('br')], ports: [portOf('br', 'p1', { interface: { ofport } })], flows, unreadFlows: () => null },
      memory,
    )
      .bridges.get('br')
      ?.table(0)
  const flows = [flowOf('br', 'table=0,priority=2,in_port=p1,actions=drop'), flowOf('br', 'table=0,priority=1,actions=NORMAL')]

  it('are the same tables where only counters grew', () =>
    expect(tableOf(flows.map((one) => ({ ...one, packets: 5, durationS: 9 })))).toBe(tableOf(flows)))

  it.each<Partial<Flow>>([{ match: 'in_port=p2' }, { actions: 'NORMAL' }, { priority: 7 }, { cookie: '0x7461cc0000020000' }])(
    'are others where a flow has %o',
    (patch) => expect(tableOf(flows.map((one, index) => (index === 0 ? { ...one, ...patch } : one)))).not.toBe(tableOf(flows)),
  )

  it('are others where a port has another number, flows are more or stand in another order', () => {
    expect(tableOf(flows, 2)).not.toBe(tableOf(flows))
    expect(tableOf(flows.slice(1))).not.toBe(tableOf(flows))
    expect(tableOf(flows.toReversed())).not.toBe(tableOf(flows))
  })
})
