// The restore unit of a host, made from everything else the host shall have: it comes last.

import { sha1Hex } from '../sha1'
import type { HostState } from '../host/host-state'
import type { Owner } from '../naming'
import { restoreFiles } from '../restore/restore-files'
import type { HostScope } from './scope'

export function compileRestoreUnit({ host }: HostScope, rest: HostState): Partial<HostState> {
  if (!host.hasRestoreUnit) return {}
  const owner: Owner = { kind: 'host', id: host.id }
  const files = restoreFiles(rest, owner)
  const digests = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha1Hex(text)]))
  return { restoreUnits: [{ owner, isEnabled: true, digests, files }] }
}
