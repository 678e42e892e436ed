// Operations and leases as rows, and their end, which is written in one with the record of what ended (run-store.ts).

import type { HostLease as LeaseRow, OperationRecord as Row } from '@/generated/prisma/client'
import type { Lease } from '@/server/core/operation/lease'
import { advance, type Operation, type OperationEvent, type OperationOutcome } from '@/server/core/operation/operation'
import type { Tx } from './database'
import { readJson, writeJson } from './json'

export const OPEN = { state: { not: 'ended' } } as const

/** Our own rows: only this file writes them. */
export const toOperation = ({ hostIdsJson, holder: _holder, aliveUntil: _until, ...row }: Row): Operation => ({
  ...row,
  kind: row.kind as Operation['kind'],
  state: row.state as Operation['state'],
  outcome: row.outcome as Operation['outcome'],
  hostIds: readJson<readonly string[]>(hostIdsJson),
})

export const toLease = (row: LeaseRow): Lease => row

export function toRow({ hostIds, ...operation }: Operation, kept: Pick<Row, 'holder' | 'aliveUntil'>): Row {
  return { ...operation, ...kept, hostIdsJson: writeJson(hostIds) }
}

export async function findOperation(tx: Tx, id: string): Promise<Operation | null> {
  const row = await tx.operationRecord.findUnique({ where: { id } })
  return row && toOperation(row)
}

/** null where its state does not allow it, or there is no such operation. */
export async function advanceRow(tx: Tx, id: string, event: OperationEvent, at: string): Promise<Operation | null> {
  const before = await findOperation(tx, id)
  const after = before && advance(before, event, at)
  if (!after) return null
  const { state, outcome, startedAt, endedAt } = after
  await tx.operationRecord.update({ where: { id }, data: { state, outcome, startedAt, endedAt } })
  if (state === 'ended') await tx.hostLease.updateMany({ where: { operationId: id }, data: { heldUntil: null } })
  return after
}

/**
 * Ends the operation of a record that is about to be written. False when another console has ended both: to it, the one that carried it
 * out was gone.
 */
export async function endWithRecord(tx: Tx, id: string, outcome: OperationOutcome, at: string): Promise<boolean> {
  if (await advanceRow(tx, id, { type: 'end', outcome }, at)) return true
  // Records of a time before there were operations have none.
  return (await findOperation(tx, id)) === null
}

/** Those without a record of their own: a reading, a plan, an audit. The others go with their record (retention/remove.ts). */
const KEPT_OPERATIONS = 500

export async function pruneOperations(tx: Tx, newest: number): Promise<void> {
  const where = { state: 'ended', number: { lte: newest - KEPT_OPERATIONS }, kind: { notIn: ['apply', 'verify'] } }
  await tx.operationRecord.deleteMany({ where })
}
