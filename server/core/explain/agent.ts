// What an agent kind is called.

import type { AgentKind } from '../topology/kinds/host/host'

export const agentWords: Record<AgentKind, string> = { openvswitch: 'Open vSwitch', linuxbridge: 'Linux bridge' }
