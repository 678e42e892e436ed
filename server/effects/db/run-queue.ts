// The run queue as rows of the database that holds the journal. Every change is one transaction, so two consoles on one database cannot both
// have a host. What decides is pure (core/operation); here is what is kept, and until when a console counts as there.

import { type Clock, isoLater, isoNow } from '../clock'
import { findWaits, isHeld, type Lease, LEASE_MS } from '@/server/core/operation/lease'
import { isReading, newOperation, type Operation, takesHosts } from '@/server/core/operation/operation'
import type { Beat, Claim, RunQueue } from '@/server/core/operation/run-queue'
import type { EventHub } from '../events'
import { nextHint } from '../next-hint'
import type { Database, Tx } from './database'
import { advanceRow, findOperation, OPEN, pruneOperations, toLease, toOperation, toRow } from './operation-rows'

/** More than a day of one operator. */
const SHOWN = 100

interface Deps {
  readonly database: Database
  readonly clock: Clock
  readonly events: EventHub
  /** This console. */
  readonly holder: string
}

export function createRunQueue({ database, clock, events, holder }: Deps): RunQueue {
  const until = () => isoLater(clock, LEASE_MS)
  const notify = <Result>(result: Result): Result => {
    events.publish({ type: 'operation' })
    return result
  }
  return {
    enqueue: async (asked) => {
      // What only reads leaves nothing that its record would have to tell of after a power cut.
      const record = isReading(asked.kind) ? database.note : database.write
      const operation = await record(async (tx) => {
        const { _max: newest } = await tx.operationRecord.aggregate({ _max: { number: true } })
        const number = (newest.number ?? 0) + 1
        const added = newOperation(asked, number, isoNow(clock))
        await tx.operationRecord.create({ data: toRow(added, { holder, aliveUntil: until() }) })
        await pruneOperations(tx, number)
        return added
      })
      return notify(operation)
    },
    claim: async (id) => {
      const claim = await database.write((tx) => claimHosts(tx, id, isoNow(clock), until()))
      return claim.state === 'claimed' ? notify(claim) : claim
    },
    // One that is lost makes a lease end sooner.
    heartbeat: (id) => database.note((tx) => renew(tx, id, until())),
    holds: async ({ hostId, token, operationId }) => {
      const lease = await database.read((tx) => tx.hostLease.findUnique({ where: { hostId } }))
      if (lease?.token !== token) return false
      if (isHeld(toLease(lease), isoNow(clock))) return true
      // Nobody took it, but anybody may by now. On a full disk nobody can.
      return (await database.note((tx) => renew(tx, operationId, until())).catch(() => 'held')) !== 'lost'
    },
    release: async (id, outcome) => {
      // Whose end is lost is closed by the next console.
      if (await database.note((tx) => advanceRow(tx, id, { type: 'end', outcome }, isoNow(clock)))) notify(null)
    },
    cancel: async (id) => notify((await database.write((tx) => advanceRow(tx, id, { type: 'cancel' }, isoNow(clock)))) !== null),
    changed: (timeoutMs, signal) => nextHint(events, ['operation'], timeoutMs, signal),
    get: (id) => database.read((tx) => findOperation(tx, id)),
    listOpen: () => database.read(listOpen),
    listLatest: async () =>
      (await database.read((tx) => tx.operationRecord.findMany({ orderBy: { number: 'desc' }, take: SHOWN }))).map(toOperation),
    listLost: async (isAlone) => {
      const gone = isAlone ? {} : { aliveUntil: { lte: isoNow(clock) } }
      const rows = await database.read((tx) => tx.operationRecord.findMany({ where: { ...OPEN, ...gone, holder: { not: holder } } }))
      return rows.map(toOperation)
    },
    listLeases: async () => (await database.read((tx) => tx.hostLease.findMany())).map(toLease),
  }
}

const listOpen = async (tx: Tx): Promise<Operation[]> =>
  (await tx.operationRecord.findMany({ where: OPEN, orderBy: { number: 'asc' } })).map(toOperation)

async function claimHosts(tx: Tx, id: string, now: string, heldUntil: string): Promise<Claim> {
  const operation = await findOperation(tx, id)
  if (!operation || operation.state === 'ended') return { state: 'ended' }
  if (operation.state === 'cancelling') return { state: 'cancelling' }
  await tx.operationRecord.update({ where: { id }, data: { aliveUntil: heldUntil } })
  const leases = (await tx.hostLease.findMany()).map(toLease)
  const waits = findWaits(operation, await listOpen(tx), leases, now)
  if (waits.length > 0) return { state: 'waiting', waits }
  const taken = takesHosts[operation.kind] ? operation.hostIds.map((hostId) => nextLease(leases, hostId, id, now, heldUntil)) : []
  for (const { hostId, ...lease } of taken) await tx.hostLease.upsert({ where: { hostId }, create: { hostId, ...lease }, update: lease })
  await advanceRow(tx, id, { type: 'start' }, now)
  return { state: 'claimed', leases: taken }
}

function nextLease(leases: readonly Lease[], hostId: string, operationId: string, takenAt: string, heldUntil: string): Lease {
  const token = (leases.find((each) => each.hostId === hostId)?.token ?? 0) + 1
  return { hostId, token, operationId, takenAt, heldUntil }
}

/** What ran out and was taken by nobody is as good as kept. */
async function renew(tx: Tx, id: string, heldUntil: string): Promise<Beat> {
  const operation = await findOperation(tx, id)
  if (!operation || operation.state === 'ended') return 'lost'
  const { count } = await tx.hostLease.updateMany({ where: { operationId: id, heldUntil: { not: null } }, data: { heldUntil } })
  if (operation.startedAt !== null && takesHosts[operation.kind] && count < operation.hostIds.length) return 'lost'
  await tx.operationRecord.update({ where: { id }, data: { aliveUntil: heldUntil } })
  return operation.state === 'cancelling' ? 'cancelling' : 'held'
}
