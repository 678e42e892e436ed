// The stories by name.

import { tellMixedStory } from './mixed-story'
import { tellNestedStory } from './nested-story'
import { tellNetworkStory, type ScenarioOptions } from './network-story'
import type { ScenarioReport } from './report'
import { tellRestartStory } from './restart-story'
import { linuxBridgeTrunk, openVswitchTrunk } from './trunk-cast'
import { tellTrunkStory } from './trunk-story'

const stories = {
  flat: (options: ScenarioOptions) => tellNetworkStory('flat', options),
  vlan: (options: ScenarioOptions) => tellNetworkStory('vlan', options),
  vxlan: (options: ScenarioOptions) => tellNetworkStory('vxlan', options),
  'trunk-ovs': (options: ScenarioOptions) => tellTrunkStory(openVswitchTrunk, options),
  'trunk-linuxbridge': (options: ScenarioOptions) => tellTrunkStory(linuxBridgeTrunk, options),
  'mixed-agents': tellMixedStory,
  'host-restart': tellRestartStory,
  'vlan-in-vlan': tellNestedStory,
} as const

export type ScenarioName = keyof typeof stories
export const scenarioNames = Object.keys(stories) as readonly ScenarioName[]

export const tellScenario = (name: ScenarioName, options: ScenarioOptions): Promise<ScenarioReport> => stories[name](options)
