import { describe, expect, it } from 'vitest'
import { findWaits, type Lease } from './lease'
import { newOperation, type Operation } from './operation'

const NOW = '2026-01-01T00:01:00.000Z'
const BEFORE = '2026-01-01T00:00:00.000Z'
const apply = (number: number, hostIds: readonly string[], changes: Partial<Operation> = {}): Operation => ({
  ...newOperation({ id: `o${number}`, kind: 'apply', actor: `actor ${number}`, hostIds }, number, BEFORE),
  ...changes,
})
const lease = (hostId: string, operation: Operation, heldUntil: string | null): Lease => ({
  hostId,
  token: 1,
  operationId: operation.id,
  takenAt: BEFORE,
  heldUntil,
})
const LATER = '2026-01-01T00:02:00.000Z'

describe('findWaits', () => {
  const running = apply(1, ['h1'], { state: 'running' })
  const wait = { operationId: 'o1', actor: 'actor 1', since: BEFORE }

  it.each<[string, Operation, readonly Operation[], readonly Lease[], ReturnType<typeof findWaits>]>([
    ['nobody is there', apply(2, ['h1']), [], [], []],
    ['somebody is on another host', apply(2, ['h2']), [running], [lease('h1', running, LATER)], []],
    [
      'somebody has one of its hosts',
      apply(2, ['h1', 'h2']),
      [running],
      [lease('h1', running, LATER)],
      [{ ...wait, hostId: 'h1', isChanging: true }],
    ],
    ['the other one gave it back', apply(2, ['h1']), [], [lease('h1', running, null)], []],
    ['the console of the other one is gone', apply(2, ['h1']), [running], [lease('h1', running, BEFORE)], []],
    ['it has the host itself', running, [running], [lease('h1', running, LATER)], []],
    [
      'somebody asked before for one of its hosts',
      apply(2, ['h1', 'h2']),
      [apply(1, ['h2', 'h3'])],
      [],
      [{ ...wait, hostId: 'h2', isChanging: false }],
    ],
    ['who asked before was cancelled', apply(2, ['h1']), [apply(1, ['h1'], { state: 'cancelling' })], [], []],
    ['somebody asked later', apply(1, ['h1']), [apply(2, ['h1'])], [], []],
    [
      'somebody only reads it',
      apply(2, ['h1']),
      [newOperation({ id: 'o1', kind: 'read', actor: 'local', hostIds: ['h1'] }, 1, BEFORE)],
      [],
      [],
    ],
  ])('%s', (_, operation, open, leases, expected) => {
    expect(findWaits(operation, open, leases, NOW)).toEqual(expected)
  })
})
