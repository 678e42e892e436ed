import { beforeEach, describe, expect, it } from 'vitest'
import { tellNetworkStory } from '../scenarios/network-story'
import { LIVE_PINGS } from '../scenarios/live-change'
import { tellRestartStory } from '../scenarios/restart-story'
import { openVswitchTrunk } from '../scenarios/trunk-cast'
import { tellTrunkStory } from '../scenarios/trunk-story'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

describe('scenarios', () => {
  it.each(['flat', 'vlan', 'vxlan'] as const)('%s: packets at every hop, an empty second plan, nothing left, foreign things untouched', async (type) => {
    const report = await tellNetworkStory(type, { lab: testLab, isKept: false, onProgress: () => {} })
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.hops.filter((hop) => hop.method === 'capture').length).toBeGreaterThanOrEqual(6)
    expect(report.hops.filter((hop) => hop.method === 'flow-counter').length).toBeGreaterThanOrEqual(2)
  })

  it('trunk-ovs: guest VLANs proven hop by hop, subports added and removed without losing a packet, nothing left in either order', async () => {
    const report = await tellTrunkStory(openVswitchTrunk, { lab: testLab, isKept: false, onProgress: () => {} })
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.livePings?.map(({ during, received }) => [during, received])).toEqual(['add', 'add', 'remove', 'remove'].map((during) => [during, LIVE_PINGS.count]))
  })

  it('host-restart: two power cuts and a crash of the switch are mended by the hosts themselves; afterwards nothing is to be planned', async () => {
    const report = await tellRestartStory({ lab: testLab, isKept: false, onProgress: () => {} })
    expect(report.problems).toEqual([])
    expect(report.ok).toBe(true)
    expect(report.restarts?.map(({ host, result, pings }) => [host, result.split(' ')[0], pings.map(({ received }) => received)])).toEqual([
      ['cmp1', '0', [5, 5, 5]],
      ['net1', '0', [5, 5, 5]],
      ['cmp2', '0', [5, 5, 5]],
    ])
  })
})
