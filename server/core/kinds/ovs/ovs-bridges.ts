// Bridges of Open vSwitch, marked in external_ids. They come and go in the transactions of their ports (port-steps.ts).

import { compareFields, compareMap } from '../../diff/compare-fields'
import { bridgeKey, type OvsBridge } from '../../host/ovs'
import type { Kind } from '../kind'

export const ovsBridgeKind: Kind<OvsBridge> = {
  heading: 'Open vSwitch bridges',
  noun: 'Open vSwitch bridges',
  key: bridgeKey,
  label: (bridge) => `OVS bridge ${bridge.name}`,
  isOurs: (bridge) => bridge.owner !== null,
  compare: (desired, observed) => [
    ...compareFields([
      ['datapath_type', desired.datapathType, observed.datapathType],
      ['fail_mode', desired.failMode, observed.failMode],
      ['protocols', desired.protocols, observed.protocols],
    ]),
    ...compareMap('other_config', desired.otherConfig, observed.otherConfig),
    ...compareMap('external_ids', desired.externalIds, observed.externalIds),
  ],
  isTakenByMark: true,
  isRemembered: true,
  sections: [{ name: 'ovsdb' }],
  steps: [],
  afterBoot: (bridges) => bridges,
  probes: [['OVS bridge', 'ovs-vsctl list-br']],
}
