// Hosts: their place in the design and how they are entered, written together.

import type { HostAccess as Row } from '@/generated/prisma/client'
import { AppError, isAppError } from '@/server/core/app-error'
import { described } from '@/server/core/topology/description'
import { createHost, updateHost } from '@/server/core/topology/kinds/host/host-edits'
import type { HostAuthInput, HostPatch, ParsedHostRegistration } from '@/server/core/topology/kinds/host/host-input'
import { quoted } from '@/server/core/explain/words'
import type { IdSource } from '../ids'
import { readableKey } from '../ssh/connect-config'
import { assertUsableAccess, type HostAccess, type HostAuth } from '../ssh/host-access'
import { describeAccessRow, openSecret, prepareBox, requireAccess, sealAuth } from './access-rows'
import type { Database, Tx } from './database'
import type { DesignStore } from './design-store'
import type { SecretBox } from './secret-box'
import { readRegularFile } from './read-regular-file'
import type { HostStore } from './store'

/** As much as a pasted key may have. */
const MAX_KEY_FILE_BYTES = 100_000

interface Deps {
  readonly database: Database
  readonly design: DesignStore
  readonly box: SecretBox
  readonly ids: IdSource
}

export function createHostStore(deps: Deps): HostStore {
  const { database, design, box, ids } = deps
  return {
    register: (input) =>
      design.edit(described('host', createHost(input, ids), input.description), async (tx, { id }) => {
        await prepareBox(tx, box)
        await requireOneRegistration(tx, id, input)
        await tx.hostAccess.create({ data: firstAccess(input, id, box) })
      }),
    update: (hostId, patch) =>
      design.edit(described('host', updateHost(hostId, patch, ids), patch.description), async (tx) => {
        await prepareBox(tx, box)
        await requireOneRegistration(tx, hostId, patch)
        const row = await tx.hostAccess.findUnique({ where: { hostId } })
        if (row) await tx.hostAccess.update({ where: { hostId }, data: changedAccess(row, patch, box) })
        else if (isAboutAccess(patch)) await tx.hostAccess.create({ data: await regainedAccess(tx, hostId, patch, box) })
      }),
    acceptKey: (hostId, fingerprint) =>
      database.write(async (tx) => {
        await requireAccess(tx, hostId)
        await tx.hostAccess.update({ where: { hostId }, data: { fingerprint } })
      }),
    loadAccess: (hostId) =>
      database.read(async (tx) => {
        const host = await tx.host.findUnique({ where: { id: hostId }, select: { isReadOnly: true } })
        const access = await openAccess(await requireAccess(tx, hostId), box)
        return host?.isReadOnly ? { ...access, isReadOnly: true } : access
      }),
    describeAccess: (hostIds) =>
      database.read(async (tx) => {
        const rows = await tx.hostAccess.findMany({ where: { hostId: { in: [...hostIds] } } })
        return new Map(rows.map((row) => [row.hostId, describeAccessRow(row)]))
      }),
  }
}

/** Two hosts of the design at one address would take one another's bridges away. What shows only on the host, planning finds (core/plan/same-machine.ts). */
async function requireOneRegistration(tx: Tx, hostId: string, { address, port }: Pick<HostPatch, 'address' | 'port'>): Promise<void> {
  if (address === undefined && port === undefined) return
  const own = await tx.hostAccess.findUnique({ where: { hostId } })
  const place = { address: address ?? own?.address ?? '', port: port ?? own?.port ?? 0 }
  const inDesign = await tx.host.findMany({ select: { id: true } })
  const other = await tx.hostAccess.findFirst({ where: { ...place, hostId: { in: inDesign.map(({ id }) => id), not: hostId } } })
  if (!other) return
  const message = `${quoted(other.name)} is entered at ${place.address}:${place.port} already. A machine is one host: change that one, or take it out first.`
  throw new AppError('conflict', message, { field: 'address', rule: 'host-address-unique', objects: [other.name] })
}

type FirstAccess = Pick<ParsedHostRegistration, 'name' | 'address' | 'port' | 'user' | 'auth' | 'fingerprint'>

function firstAccess(input: FirstAccess, hostId: string, box: SecretBox): Row {
  const { name, address, port, user, auth, fingerprint } = input
  return usable({ hostId, name, address, port, user, fingerprint: fingerprint ?? null, ...sealAuth(auth, hostId, box) }, auth)
}

/** A new address may be another machine, but the pinned key stays: if it is, the key differs and nothing is sent. */
function changedAccess(row: Row, patch: HostPatch, box: SecretBox): Row {
  const { name = row.name, address = row.address, port = row.port, user = row.user } = patch
  return usable({ ...row, name, address, port, user, ...(patch.auth && sealAuth(patch.auth, row.hostId, box)) }, patch.auth)
}

const isAboutAccess = ({ address, port, user, auth }: HostPatch): boolean => [address, port, user, auth].some((part) => part !== undefined)

/** Of a host whose access is not known any more. Nothing is left to fill gaps from, and its key has to be compared again. */
async function regainedAccess(tx: Tx, hostId: string, { address, port, user, auth }: HostPatch, box: SecretBox): Promise<Row> {
  if (address === undefined || port === undefined || user === undefined || auth === undefined) {
    throw new AppError(
      'invalid_input',
      'How this host is entered is no longer known: give its address, port, user and authentication together.',
      { rule: 'ssh-access' },
    )
  }
  const { name } = await tx.host.findUniqueOrThrow({ where: { id: hostId } })
  return firstAccess({ name, address, port, user, auth }, hostId, box)
}

/** Throws invalid_input at the field that no SSH connection could be made with. */
function usable(row: Row, auth: HostAuthInput | undefined): Row {
  try {
    assertUsableAccess({ ...row, auth: { kind: 'agent' }, pinnedFingerprint: row.fingerprint })
    if (auth?.kind === 'key') readableKey({ privateKey: auth.privateKey, ...(auth.passphrase && { passphrase: auth.passphrase }) })
    return row
  } catch (error) {
    throw isAppError(error) ? new AppError(error.code, error.message, { ...error.context, rule: 'ssh-access' }) : error
  }
}

async function openAccess(row: Row, box: SecretBox): Promise<HostAccess> {
  const { hostId, name, address, port, user, fingerprint } = row
  return { hostId, name, address, port, user, auth: await openAuth(row, box), pinnedFingerprint: fingerprint }
}

async function openAuth(row: Row, box: SecretBox): Promise<HostAuth> {
  if (row.authKind === 'agent') return { kind: 'agent', ...(row.socketPath !== null && { socketPath: row.socketPath }) }
  const { password, privateKey, passphrase } = openSecret(row, box)
  if (password !== undefined) return { kind: 'password', password }
  const key = privateKey ?? (await readKeyFile(row))
  return { kind: 'key', privateKey: key, ...(passphrase !== undefined && { passphrase }) }
}

async function readKeyFile({ name, privateKeyPath }: Row): Promise<string> {
  try {
    return await readRegularFile(privateKeyPath ?? '', MAX_KEY_FILE_BYTES)
  } catch (error) {
    const message = `The key file of ${name} cannot be read on the machine the console runs on: ${privateKeyPath}.`
    throw new AppError('authentication_failed', message, { host: name, field: 'auth.privateKeyPath' }, error)
  }
}
