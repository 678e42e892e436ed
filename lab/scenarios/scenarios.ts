// The scenarios by name.

import type { ScenarioOptions } from './ground'
import { runMixedScenario } from './mixed-scenario'
import { runNestedScenario } from './nested-scenario'
import { runNetworkScenario } from './network-scenario'
import type { ScenarioReport } from './report'
import { proveFloatingIps, proveMovedVm } from './floating-ip-proofs'
import { proveOutsidePaths } from './outside-path-proofs'
import { proveFailover } from './failover-proofs'
import { proveCluster } from './gateway-proofs'
import { centralized, distributed, distributedByCluster, distributedByHand, distributedOut, distributedSnat } from './router-design'
import { proveByHand } from './by-hand-proofs'
import { proveForwardings } from './port-forwarding-proofs'
import { proveFloatingIpFaults } from './floating-ip-faults'
import { proveFaults } from './router-faults'
import { proveBothKinds, proveWayOut } from './router-proofs'
import { runRouterScenario } from './router-scenario'
import { proveSnatFaults } from './snat-faults'
import { proveSnat } from './snat-proofs'
import { runRestartScenario } from './restart-scenario'
import { runSecurityGroupScenario } from './security-group-scenario'
import { linuxBridgeTrunk, openVswitchTrunk } from './trunk-setup'
import { runTrunkScenario } from './trunk-scenario'

const scenarios = {
  flat: (options: ScenarioOptions) => runNetworkScenario('flat', options),
  vlan: (options: ScenarioOptions) => runNetworkScenario('vlan', options),
  vxlan: (options: ScenarioOptions) => runNetworkScenario('vxlan', options),
  'trunk-ovs': (options: ScenarioOptions) => runTrunkScenario(openVswitchTrunk, options),
  'trunk-linuxbridge': (options: ScenarioOptions) => runTrunkScenario(linuxBridgeTrunk, options),
  'mixed-agents': runMixedScenario,
  'security-groups': runSecurityGroupScenario,
  'dvr-east-west': (options: ScenarioOptions) =>
    runRouterScenario('dvr-east-west', { ...distributed, type: 'vxlan', proofs: [proveFaults, proveBothKinds] }, options),
  'dvr-east-west-vlan': (options: ScenarioOptions) =>
    runRouterScenario('dvr-east-west-vlan', { ...distributed, type: 'vlan', proofs: [] }, options),
  'router-centralized': (options: ScenarioOptions) =>
    runRouterScenario('router-centralized', { ...centralized, proofs: [proveWayOut, proveFloatingIps, proveOutsidePaths] }, options),
  'floating-ip': (options: ScenarioOptions) =>
    runRouterScenario(
      'floating-ip',
      { ...distributedOut, proofs: [proveFloatingIps, proveFloatingIpFaults, proveOutsidePaths, proveByHand, proveMovedVm] },
      options,
    ),
  'floating-ip-by-hand': (options: ScenarioOptions) =>
    runRouterScenario('floating-ip-by-hand', { ...distributedByHand, proofs: [proveFloatingIps, proveByHand] }, options),
  snat: (options: ScenarioOptions) =>
    // Behind the last one the central part is elsewhere.
    runRouterScenario('snat', { ...distributedSnat, proofs: [proveOutsidePaths, proveSnatFaults, proveSnat] }, options),
  'port-forwarding': (options: ScenarioOptions) =>
    runRouterScenario('port-forwarding', { ...distributedSnat, isSnatEnabled: false, proofs: [proveForwardings] }, options),
  'cloud-gateway': (options: ScenarioOptions) =>
    runRouterScenario('cloud-gateway', { ...distributedByCluster, proofs: [proveCluster] }, options),
  'gateway-failover': (options: ScenarioOptions) =>
    runRouterScenario('gateway-failover', { ...distributedByCluster, proofs: [proveFailover] }, options),
  'host-restart': runRestartScenario,
  'vlan-in-vlan': runNestedScenario,
} as const

export type ScenarioName = keyof typeof scenarios
export const scenarioNames = Object.keys(scenarios) as readonly ScenarioName[]

export const runScenario = (name: ScenarioName, options: ScenarioOptions): Promise<ScenarioReport> => scenarios[name](options)
