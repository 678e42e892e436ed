import { expect, it } from 'vitest'

import { newestAudit } from './newest-audit'

const audit = (second: number | null, trunkId = 't1') => ({
  trunkId,
  observedAt: second === null ? null : `2026-01-01T00:00:0${second}.000Z`,
})

it.each([
  ['what was heard, while nothing is stored', audit(1), undefined, audit(1)],
  ['what was heard of the stored reading', audit(1), audit(1), audit(1)],
  ['what is stored, once the host was read anew', audit(1), audit(2), audit(2)],
  ['what is stored, where the time of what was heard is unknown', audit(null), audit(2), audit(2)],
  ['what was heard, where no host was read for what is stored', audit(1), audit(null), audit(1)],
  ['what is stored, where another trunk was heard', audit(3, 't2'), audit(2), audit(2)],
  ['nothing, where nothing is there', null, undefined, undefined],
])('the audit shown is %s', (_, heard, stored, expected) => expect(newestAudit('t1', heard, stored)).toEqual(expected))
