// Why no frame passes a port of Open vSwitch, in the words of its row.

import type { InsideOvsPort } from '@/server/core/api-types'
import { DEAD_VLAN } from '@/server/core/host/ovs'

type Port = Pick<InsideOvsPort, 'error' | 'tag' | 'ofport' | 'type' | 'peer' | 'peerName'>

export function portTrouble({ error, tag, ofport, type, peer, peerName }: Port): string | null {
  if (type === 'patch' && peer === null) return peerName === null ? 'It names no peer' : `No port ${peerName} leads back`
  if (error) return error
  if (tag === DEAD_VLAN) return `Parked on the dead VLAN ${DEAD_VLAN}`
  return ofport === -1 ? 'Open vSwitch could not open it' : null
}
