// The commands and the reading of the kind, judged by a switch that runs: what was set is read, a plan then finds nothing to do, and nothing
// stays behind.

import { afterAll, expect, it } from 'vitest'
import { labExec } from '../../../lab/lab'
import { leftBehind, snapshot } from '../../../lab/scenarios/snapshot'
import { testLab } from '../../../lab/tests/settings'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { parseHostRead } from '../parse/host-read'
import { readHostCommand } from '../parse/read-script'
import { renderSteps } from '../render/render-steps'
import type { ConntrackZone } from '../host/conntrack-zone'

const HOST = 'cmp1'
const zone = (number: number, timeouts: ConntrackZone['timeouts']): ConntrackZone => ({
  datapath: 'netdev',
  zone: number,
  owner: { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' },
  timeouts,
})
const state = (...conntrackZones: readonly ConntrackZone[]): HostState => ({ ...emptyHostState, conntrackZones })

async function read() {
  const { argv } = readHostCommand('abcdef0123456789')
  const { stdout } = await labExec(testLab, HOST, argv)
  return parseHostRead({ hostId: 'h', observedAt: '2026-01-01T00:00:00.000Z', durationMs: 0, nonce: 'abcdef0123456789', text: stdout })
}

/** Brings the host from what it has to this; other kinds are no concern. */
async function apply(desired: HostState) {
  const { state: observed } = await read()
  for (const { command } of renderSteps(
    diffHost(desired, observed, (kind) => kind === 'conntrackZones'),
    HOST,
  )) {
    const { code, stderr } = await labExec(testLab, HOST, command.argv, { stdin: command.stdin })
    expect([code, stderr]).toEqual([0, ''])
  }
  const { state: after, unparsed } = await read()
  expect(unparsed).toEqual([])
  expect(isEmptyDiff(diffHost(desired, after, (kind) => kind === 'conntrackZones'))).toBe(true)
  return after.conntrackZones
}

afterAll(() => labExec(testLab, HOST, ['ovs-vsctl', '--if-exists', 'del-zone-tp', 'netdev', 'zone=9']))

it('zones are set, changed and taken away; one of somebody else stays with the datapath that it is in', async () => {
  const before = await snapshot(testLab, HOST)
  const [five, six] = [zone(5, { tcp_established: '7200' }), zone(6, { udp_first: '3', udp_single: '4' })]
  expect(await apply(state(five, six))).toEqual([five, six])
  const shorter = zone(5, { tcp_established: '60', icmp_first: '2' })
  expect(await apply(state(shorter))).toEqual([shorter])
  await labExec(testLab, HOST, ['ovs-vsctl', 'add-zone-tp', 'netdev', 'zone=9', 'udp_first=1'])
  expect(await apply(emptyHostState)).toEqual([{ datapath: 'netdev', zone: 9, owner: null, timeouts: { udp_first: '1' } }])
  await labExec(testLab, HOST, ['ovs-vsctl', 'del-zone-tp', 'netdev', 'zone=9'])
  await apply(state(five))
  expect(await apply(emptyHostState)).toEqual([])
  expect(leftBehind(before, await snapshot(testLab, HOST), HOST)).toEqual([])
})
