import { beforeEach, expect, it } from 'vitest'
import { LIVE_PINGS } from '../scenarios/live-change'
import { openVswitchTrunk } from '../scenarios/trunk-setup'
import { runTrunkScenario } from '../scenarios/trunk-scenario'
import { bareLab } from './bare-lab'
import { testLab } from './settings'

beforeEach(async () => void (await bareLab()))

it('trunk-ovs: guest VLANs proven hop by hop, subports added and removed without losing a packet, nothing left in either order', async () => {
  const report = await runTrunkScenario(openVswitchTrunk, { lab: testLab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.ok).toBe(true)
  expect(report.livePings?.map(({ during, received }) => [during, received])).toEqual(
    ['add', 'add', 'remove', 'remove'].map((during) => [during, LIVE_PINGS.count]),
  )
})
