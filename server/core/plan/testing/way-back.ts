// The way back of a run whose plan was made from one reading and left the host as another one shows it.

import type { HostState } from '../../host/host-state'
import type { HostObservation } from '../../host/observation'
import type { Host } from '../../topology/kinds/host/host'
import type { Made } from '../made'
import { planHost } from '../plan-host'
import { planUndo } from '../undo'

export const wayBack = (host: Host, desired: HostState, before: HostObservation, now: HostObservation, earlier: readonly Made[] = []) =>
  planUndo(host, { before, desired, earlier, changes: planHost(host, desired, before, earlier).changes }, now)
