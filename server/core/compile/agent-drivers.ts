// The drivers, by kind of agent.

import type { AgentKind, Host } from '../topology/kinds/host/host'
import type { AgentDriver } from './agent-driver'
import { linuxbridgeDriver } from './linuxbridge/driver'
import { openvswitchDriver } from './openvswitch/driver'

const drivers: Record<AgentKind, AgentDriver> = { openvswitch: openvswitchDriver, linuxbridge: linuxbridgeDriver }

export const driverOf = ({ agentKind }: Pick<Host, 'agentKind'>): AgentDriver => drivers[agentKind]
