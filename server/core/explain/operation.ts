// Operations in words.

import type { Operation, OperationKind } from '../operation/operation'

export const operationKindWord: Record<OperationKind, string> = {
  read: 'Reading',
  plan: 'Plan',
  apply: 'Run',
  verify: 'Verification',
  capture: 'Capture',
  audit: 'Audit',
}

const states: Record<Exclude<Operation['state'], 'ended'>, string> = {
  queued: 'Queued',
  running: 'Going on',
  cancelling: 'Being cancelled',
}
const outcomes: Record<NonNullable<Operation['outcome']>, string> = {
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Its console stopped',
}

export const explainOperation = ({ state, outcome }: Pick<Operation, 'state' | 'outcome'>): string =>
  state === 'ended' ? outcomes[outcome ?? 'interrupted'] : states[state]
