// Connections to hosts of the practice network as the console has them, without a console.

import { readFileSync } from 'node:fs'
import type { LabHost } from '@/lab/lab'
import { createSshPool, type SshPool } from '@/server/effects/ssh/pool'

export function openPool({ name, ssh: { address, port, user, privateKeyPath, hostKeyFingerprint } }: LabHost): SshPool {
  const auth = { kind: 'key', privateKey: readFileSync(privateKeyPath, 'utf8') } as const
  const access = { name, address, port, user, auth, pinnedFingerprint: hostKeyFingerprint }
  return createSshPool({ loadAccess: async (hostId) => ({ hostId, ...access }) })
}
