import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { unknownPartOf } from '../host/unknown-parts'
import { emptyHostState, type HostState } from '../host/host-state'
import { sectionWords } from '../explain/unknown-part'
import { renderSteps } from '../render/render-steps'
import { survivesRestart } from '../restore/survives-restart'
import type { ConntrackZone } from '../host/conntrack-zone'
import { conntrackZoneKind } from './conntrack-zones'

const owner = { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const
const zone = (number: number, more: Partial<ConntrackZone> = {}): ConntrackZone => ({
  datapath: 'netdev',
  zone: number,
  owner,
  timeouts: { tcp_established: '7200' },
  ...more,
})
const state = (...conntrackZones: readonly ConntrackZone[]): HostState => ({ ...emptyHostState, conntrackZones })
const inputs = (desired: HostState, observed: HostState) =>
  renderSteps(diffHost(desired, observed), 'host').map(({ command }) => [command.argv.at(-1), command.stdin])

// As Open vSwitch 3.1 prints it.
const switchRow = '{"data":[[["map",[["netdev",["uuid","e145e643"]]]]]],"headings":["datapaths"]}'
const datapath = (zones: string) => `{"data":[[["uuid","e145e643"],["map",[${zones}]]]],"headings":["_uuid","ct_zones"]}`
const zones = `{"data":[[["uuid","699b3013"],["uuid","8b0b8a0b"],["map",[["tapline","network/${owner.id}"]]]],[["uuid","4716ebd6"],["uuid","58eba0a1"],["map",[]]]],"headings":["_uuid","timeout_policy","external_ids"]}`
const policies = (state: string) =>
  `{"data":[[["uuid","8b0b8a0b"],["map",[["${state}",7200]]]],[["uuid","58eba0a1"],["map",[]]]],"headings":["_uuid","timeouts"]}`
const parse = (...lines: readonly string[]) => conntrackZoneKind.reading!.parse(lines.join('\n'), 'conntrack-zones')

describe('reading', () => {
  it('finds zones of ours and of others', () => {
    expect(parse(switchRow, datapath('[5,["uuid","699b3013"]],[2,["uuid","4716ebd6"]]'), zones, policies('tcp_established'))).toEqual({
      value: [zone(2, { owner: null, timeouts: {} }), zone(5)],
      unparsed: [],
    })
  })

  it.each([
    ['a zone without a row', datapath('[5,["uuid","0"]]'), 'tcp_established'],
    ['a state that would be more than one word of a command', datapath('[5,["uuid","699b3013"]]'), 'a -- del-br br-int'],
    ['a number that is none', datapath('["5 x",["uuid","699b3013"]]'), 'tcp_established'],
  ])('does not take %s for a zone, nor for nothing', (_, row, policy) => {
    const { value, unparsed } = parse(switchRow, row, zones, policies(policy))
    expect([value, unparsed.length]).toEqual([[], 1])
  })

  it('[PLAN-25] knows nothing of zones where its section, or the OVSDB, was not read', () => {
    for (const section of ['conntrack-zones', 'ovsdb'])
      expect(sectionWords(unknownPartOf({ unparsed: [{ section, text: '', reason: quote('exit code 1') }] }, 'conntrackZones')!)).toBe(
        `${section}: exit code 1`,
      )
  })
})

describe('plan', () => {
  it('sets what is missing or otherwise, with its mark, and takes away what is too many', () => {
    expect(
      inputs(state(zone(5), zone(6, { timeouts: { udp_first: '3', udp_single: '4' } })), state(zone(4), zone(5, { timeouts: {} }))),
    ).toEqual([
      [
        'netdev',
        `del 4\nset 6 network/${owner.id} timeouts:udp_first=3 timeouts:udp_single=4\nset 5 network/${owner.id} timeouts:tcp_established=7200\n`,
      ],
    ])
  })

  it('has a command for every difference, and none for a zone of somebody else', () => {
    const all = [
      zone(5),
      zone(5, { timeouts: { tcp_established: '1' } }),
      zone(5, { timeouts: {} }),
      zone(5, { owner: { ...owner, kind: 'host' } }),
      zone(7),
      zone(5, { datapath: 'system' }),
    ]
    for (const have of all)
      for (const want of all)
        expect(inputs(state(want), state(have)).length > 0, JSON.stringify([want, have])).toBe(
          !isEmptyDiff(diffHost(state(want), state(have))),
        )
    expect(isEmptyDiff(diffHost(emptyHostState, state(zone(5, { owner: null }))))).toBe(true)
  })

  it('leaves nothing to do after a boot: the OVSDB keeps it', () => {
    expect(isEmptyDiff(diffHost(state(zone(5)), survivesRestart(state(zone(5)))))).toBe(true)
  })
})
