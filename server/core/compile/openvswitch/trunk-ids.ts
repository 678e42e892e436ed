// What Neutron keeps of a trunk on the Interface of its parent's VIF (services/trunk/drivers/openvswitch/agent/ovsdb_handler):
// whose bridge it is, and which subports are wired. It is also how a reading knows what was applied last.

import { trunkBridgeName } from '../../naming'
import type { Trunk } from '../../topology/kinds/trunk/trunk'

export const trunkIds = (trunk: Trunk): Readonly<Record<string, string>> => ({
  bridge_name: trunkBridgeName(trunk.id),
  trunk_id: trunk.id,
  subport_ids: JSON.stringify(trunk.subPorts.map(({ portId }) => portId)),
})

/** null when it is not there, or is no list of ids. */
export function readSubPortIds(externalIds: Readonly<Record<string, string>>): readonly string[] | null {
  try {
    const ids: unknown = JSON.parse(externalIds['subport_ids'] ?? '')
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string') ? ids : null
  } catch {
    return null
  }
}
