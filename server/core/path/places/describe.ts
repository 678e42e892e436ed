// A place is described as its host's agent would have it; one of a host that carries another, as the wire of a VM.

import { invariant } from '../../invariant'
import type { AgentKind } from '../../topology/kinds/host/host'
import type { HopFacts } from '../hop'
import type { Stop } from '../stop'
import type { Describers } from './describers'
import { linuxbridgeDescribers } from './linuxbridge/describers'
import { openvswitchDescribers } from './openvswitch/describers'
import { dataBridge, dataQvb, dataQvo, outerBridge, outerNic, uplinkTap } from './uplink'

const ofAgent: Record<AgentKind, Describers> = { openvswitch: openvswitchDescribers, linuxbridge: linuxbridgeDescribers }

const uplink: Describers = {
  tap: uplinkTap,
  'data-bridge': dataBridge,
  qvb: dataQvb,
  qvo: dataQvo,
  'provider-bridge': outerBridge,
  nic: outerNic,
}

export function describe(stop: Stop): HopFacts {
  const { carrier, side, role } = stop
  const describer = (carrier ? uplink : ofAgent[side.host.agentKind])[role]
  invariant(describer, `nobody describes ${role} on ${side.host.name}`)
  return describer(stop)
}
