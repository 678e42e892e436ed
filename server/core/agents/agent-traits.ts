// The traits, by kind of agent.

import type { AgentKind, Host } from '../topology/kinds/host/host'
import { linuxbridgeTraits } from './linuxbridge'
import { openvswitchTraits } from './openvswitch'
import type { AgentTraits } from './traits'

const traits: Record<AgentKind, AgentTraits> = { openvswitch: openvswitchTraits, linuxbridge: linuxbridgeTraits }

export const traitsOf = ({ agentKind }: Pick<Host, 'agentKind'>): AgentTraits => traits[agentKind]
