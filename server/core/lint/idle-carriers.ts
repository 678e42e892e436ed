// Physical networks that say on whose wire they travel while nothing leads there: their frames end in the VM.

import { findById } from '../topology/find'
import type { Topology } from '../topology/topology'
import type { LintFinding } from './lint-params'

export function checkIdleCarriers({ physicalNetworks, nestedUplinks }: Topology): LintFinding[] {
  return physicalNetworks.flatMap(({ id, name, carrierId }): LintFinding[] => {
    const carrier = findById(physicalNetworks, carrierId)
    if (!carrier || nestedUplinks.some((uplink) => uplink.physicalNetworkId === carrier.id)) return []
    return [
      {
        code: 'carrier-without-uplink',
        severity: 'warning',
        subject: { kind: 'physicalNetwork', id, name },
        params: { carrier: carrier.name },
      },
    ]
  })
}
