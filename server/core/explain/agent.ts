// What an agent kind is called.

import type { AgentKind } from '../topology/topology'

export const agentWords: Record<AgentKind, string> = { openvswitch: 'Open vSwitch', linuxbridge: 'Linux bridge' }
