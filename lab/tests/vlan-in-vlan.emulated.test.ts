// A cloud inside VMs of a cloud, with a guest of its own that is emulated twice.

import { expect, it } from 'vitest'
import { runNestedScenario } from '../scenarios/nested-scenario'
import { testLab } from './settings'

it('vlan-in-vlan: the inner guest proven hop by hop in both directions, and both clouds back after a power cut', async () => {
  const report = await runNestedScenario({ lab: testLab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.ok).toBe(true)
  expect(report.restarts).toMatchObject([{ host: 'cmp1', pings: [{ received: 5 }] }])
}, 7_200_000)
