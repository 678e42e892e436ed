// What the two kinds of routers mean for whoever chooses one.

import type { Router } from '@/server/core/topology/kinds/router/router'

export const CENTRALIZED =
  'Runs on one network host: everything between its networks, and what leaves, passes there. It joins hosts of both agents.'
export const DISTRIBUTED =
  'Stands on every host with a VM of its networks, so packets between two of them take no detour. Hosts with Open vSwitch only. It has no SNAT: only floating IPs lead out.'

export const kindSentence = ({ isDistributed }: Pick<Router, 'isDistributed'>): string => (isDistributed ? DISTRIBUTED : CENTRALIZED)
