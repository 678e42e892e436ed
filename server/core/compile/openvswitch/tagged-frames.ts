// What filtered VMs may not do with tags. iptables on qbr does not look at a frame with a VLAN tag, yet br-int takes one with id 0 for untagged and sends
// it on without the tag; and of two tags it takes off the outer one, so that the other end's filter does not look either. So a filtered port sends
// no tag at all, a trunk's parent none with id 0, and nothing with a second tag crosses br-int (docs/reference/security-groups.md).

import type { Flow } from '../../host/flow'
import type { HostState } from '../../host/host-state'
import { INTEGRATION_BRIDGE, qvoName, trunkBridgeName } from '../../naming'
import { isFiltered } from '../../topology/kinds/port/port-security'
import type { Port } from '../../topology/kinds/port/port'
import { trunkOfParent } from '../../topology/lookup'
import type { HostScope } from '../scope'
import { flowWriter, INT } from './flows'

/** Before anything else asks what a frame is. */
const FIRST = 110

export function compileTaggedFrames(scope: HostScope): Partial<HostState> {
  const filtered = scope.vmPorts.filter(isFiltered)
  if (filtered.length === 0) return {}
  return { flows: [...withSecondTag(scope), ...filtered.map((port) => fromPort(scope, port))] }
}

/** Behind one tag, what comes is one more. */
function withSecondTag(scope: HostScope): readonly Flow[] {
  const flow = flowWriter(scope, INTEGRATION_BRIDGE, { kind: 'host', id: scope.host.id })
  return ['0x8100', '0x88a8'].map((type) => flow({ table: INT.local, priority: FIRST, match: `dl_type=${type}`, actions: 'drop' }))
}

function fromPort(scope: HostScope, port: Port): Flow {
  const trunk = trunkOfParent(scope.trunks, port.id)
  const flow = flowWriter(scope, trunk ? trunkBridgeName(trunk.id) : INTEGRATION_BRIDGE, { kind: 'port', id: port.id })
  // The tags of subports are its own.
  const tag = trunk ? 'dl_vlan=0' : 'vlan_tci=0x1000/0x1000'
  return flow({ table: INT.local, priority: FIRST, match: `in_port=${qvoName(port.id)},${tag}`, actions: 'drop' })
}
