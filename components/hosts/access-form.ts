// The login part of the host forms: what is typed ↔ what the API takes, and what is wrong with its shape. Pure.

import { changedFields } from '@/components/lib/changed-fields'
import { checkInput } from '@/components/lib/check-form'
import type { RouterInputs } from '@/server/api/router'
import type { HostAccessSummary } from '@/server/core/api-types'
import { hostPatchInput } from '@/server/core/topology/kinds/host/host-input'

export type HostAuth = RouterInputs['hosts']['register']['auth']
export type AuthKind = HostAuth['kind']

export interface AccessValues {
  readonly address: string
  readonly port: number | null
  readonly user: string
  readonly authKind: AuthKind
  readonly password: string
  readonly privateKey: string
  readonly privateKeyPath: string
  readonly passphrase: string
}

const SSH_PORT = 22

export const authLabels: Record<AuthKind, string> = {
  agent: 'SSH agent of the console’s user',
  'key-file': 'Key file on the console’s machine',
  key: 'Private key, stored encrypted',
  password: 'Password, stored encrypted',
}

export const emptyAccess: AccessValues = {
  address: '',
  port: SSH_PORT,
  user: 'root',
  authKind: 'agent',
  password: '',
  privateKey: '',
  privateKeyPath: '',
  passphrase: '',
}

/** Secrets never come back from the server, so their boxes start empty. */
export const accessValues = (access: HostAccessSummary): AccessValues => ({
  ...emptyAccess,
  address: access.address,
  port: access.port,
  user: access.user,
  authKind: access.authKind,
  privateKeyPath: access.privateKeyPath ?? '',
})

const isUnknown = ({ address }: Pick<HostAccessSummary, 'address'>): boolean => address === ''

/** As one types it for ssh; a host whose login is not known any more has none. */
export const loginText = ({ user, address, port }: HostAccessSummary): string =>
  isUnknown({ address }) ? 'login not known' : `${user}@${address}:${port}`

export const toTarget = ({ address, port, user }: AccessValues) => ({ address, port: port ?? 0, user })

/** Only what was changed, and a login only where a new one is typed; where nothing is known any more, all of it. */
export const accessPatch = (access: HostAccessSummary, initial: AccessValues, values: AccessValues, isReplacing: boolean) =>
  isUnknown(access)
    ? { ...toTarget(values), auth: toAuth(values) }
    : { ...changedFields(toTarget(initial), toTarget(values)), ...(isReplacing && { auth: toAuth(values) }) }

export const checkAccess = (access: HostAccessSummary, isReplacing: boolean) =>
  checkInput(hostPatchInput, (values: AccessValues, initial: AccessValues) => accessPatch(access, initial, values, isReplacing))

export function toAuth(values: AccessValues): HostAuth {
  const passphrase = values.passphrase || null
  switch (values.authKind) {
    case 'agent':
      return { kind: 'agent' }
    case 'password':
      return { kind: 'password', password: values.password }
    case 'key':
      return { kind: 'key', privateKey: values.privateKey, passphrase }
    case 'key-file':
      return { kind: 'key-file', privateKeyPath: values.privateKeyPath, passphrase }
  }
}

/** Fields the access form shows errors at. */
export const accessFields = ['address', 'port', 'user', 'auth'] as const
