// Asked for by name, as the emulated machines are: packets at ten milliseconds are lost by a machine whose processors are both busy, too.

import { afterAll, expect, it } from 'vitest'
import { labDown } from '../lab'
import { runScenario, type ScenarioName } from '../scenarios/scenarios'
import { testLab } from './settings'

// Of its own: the other files' lab is to stay without gateways, and its hosts in one underlay subnet.
const lab = `${testLab}g`

afterAll(() => labDown({ name: lab }))

it.each<[ScenarioName, string]>([
  [
    'cloud-gateway',
    'floating IPs and what has none leave by the cluster, for two clouds at once; a VM keeps its address in another underlay subnet; one edit does without',
  ],
  ['gateway-failover', 'a member that is taken out loses nothing, and the rest serve on when one loses its power'],
])('%s: %s', async (name) => {
  const report = await runScenario(name, { lab, isKept: false, onProgress: () => {} })
  expect(report.problems).toEqual([])
  expect(report.measured?.every(({ received }) => received > 0)).toBe(true)
})
