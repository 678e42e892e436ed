import { expect, it } from 'vitest'

import { defaultRetention } from '../retention/retention'
import { explainGone, explainPreview } from './retention'

const nothing = { runs: 0, plans: 0, journals: 0, verifications: 0, captures: 0 }

it('a record that was removed is told with its limit', () => {
  const retention = { ...defaultRetention, runs: { count: 2_000, days: 90 } }
  expect(explainGone('runs', retention, '2026-11-21T10:00:00.000Z')).toBe(
    'This run is no longer kept. It was removed on 2026-11-21. Of runs the console keeps the latest 2,000, for 90 days at most. The settings can raise that for those to come.',
  )
  expect(explainGone('captures', retention, null)).toBe(
    'This capture is no longer kept. Of captures the console keeps the latest 400, 256 MiB together. The settings can raise that for those to come.',
  )
})

it('what other limits take is counted, where they take something', () => {
  expect(explainPreview(nothing)).toBeNull()
  expect(explainPreview({ ...nothing, runs: 1, captures: 1_200 })).toBe('1 run and 1,200 captures')
})
