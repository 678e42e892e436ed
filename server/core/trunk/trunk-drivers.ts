// The drivers of trunks, by kind of agent.

import type { AgentKind, Host } from '../topology/kinds/host/host'
import { linuxbridgeTrunk } from './linuxbridge/driver'
import { openvswitchTrunk } from './openvswitch/driver'
import type { TrunkDriver } from './trunk-driver'

const drivers: Record<AgentKind, TrunkDriver> = { openvswitch: openvswitchTrunk, linuxbridge: linuxbridgeTrunk }

export const trunkDriverOf = ({ agentKind }: Pick<Host, 'agentKind'>): TrunkDriver => drivers[agentKind]
