// How hosts are entered, as rows: what is public in columns, what is secret sealed.

import type { HostAccess as Row } from '@/generated/prisma/client'
import type { HostAccessSummary } from '@/server/core/api-types'
import type { HostAuthInput } from '@/server/core/topology/kinds/host/host-input'
import type { Topology } from '@/server/core/topology/topology'
import { accessUnknown } from '../ssh/host-access'
import type { Tx } from './database'
import type { SecretBox } from './secret-box'

type AuthColumns = Pick<Row, 'authKind' | 'privateKeyPath' | 'socketPath' | 'sealedSecret'>

export async function requireAccess(tx: Tx, hostId: string): Promise<Row> {
  const row = await tx.hostAccess.findUnique({ where: { hostId } })
  if (row) return row
  const host = await tx.host.findUnique({ where: { id: hostId }, select: { name: true } })
  throw accessUnknown(host?.name)
}

export const prepareBox = (tx: Tx, box: SecretBox): Promise<void> =>
  box.prepare(async () => (await tx.hostAccess.count({ where: { sealedSecret: { not: null } } })) === 0)

export function sealAuth(auth: HostAuthInput, hostId: string, box: SecretBox): AuthColumns {
  const nothing: AuthColumns = { authKind: auth.kind, privateKeyPath: null, socketPath: null, sealedSecret: null }
  const seal = (secret: StoredSecret) => box.seal(JSON.stringify(secret), hostId)
  switch (auth.kind) {
    case 'agent':
      return { ...nothing, socketPath: auth.socketPath ?? null }
    case 'password':
      return { ...nothing, sealedSecret: seal({ password: auth.password }) }
    case 'key':
      return { ...nothing, sealedSecret: seal({ privateKey: auth.privateKey, ...passphraseOf(auth) }) }
    case 'key-file':
      return { ...nothing, privateKeyPath: auth.privateKeyPath, sealedSecret: seal(passphraseOf(auth)) }
  }
}

const passphraseOf = ({ passphrase }: { readonly passphrase?: string | null | undefined }): StoredSecret =>
  passphrase ? { passphrase } : {}

export interface StoredSecret {
  readonly password?: string
  readonly privateKey?: string
  readonly passphrase?: string
}

export function openSecret(row: Row, box: SecretBox): StoredSecret {
  return row.sealedSecret === null ? {} : (JSON.parse(box.open(row.sealedSecret, row.hostId)) as StoredSecret)
}

export const describeAccessRow = (row: Row): HostAccessSummary => ({
  address: row.address,
  port: row.port,
  user: row.user,
  authKind: row.authKind as HostAccessSummary['authKind'],
  privateKeyPath: row.privateKeyPath,
  fingerprint: row.fingerprint,
})

/**
 * A host that is in none of these topologies is never entered again: its secret goes. Not while a run is going, which still
 * enters every host it began with and may make the revision that brings it back; the end of the run asks again.
 */
export async function pruneAccess(tx: Tx, topologies: readonly Topology[]): Promise<void> {
  if ((await tx.runRecord.count({ where: { status: { in: ['queued', 'running'] } } })) > 0) return
  const known = topologies.flatMap((topology) => topology.hosts.map((host) => host.id))
  const gone = { notIn: [...new Set(known)] }
  await tx.hostAccess.deleteMany({ where: { hostId: gone } })
  await tx.observationRecord.deleteMany({ where: { hostId: gone } })
  await tx.madeRecord.deleteMany({ where: { hostId: gone } })
  await tx.hostLease.deleteMany({ where: { hostId: gone } })
}
