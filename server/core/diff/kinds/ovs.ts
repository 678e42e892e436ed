// OVS bridges and ports (marked in external_ids) and OpenFlow flows (marked by the cookie).

import { bridgeKey, ovsPortKey, type OvsBridge, type OvsPort } from '../../host/ovs'
import { flowKey, type Flow } from '../../host/flow'
import { isOurCookie } from '../../naming'
import { compareFields, compareMap } from '../compare-fields'
import type { KindSpec } from '../host-diff'

export const ovsBridgeSpec: KindSpec<OvsBridge> = {
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
}

export const ovsPortSpec: KindSpec<OvsPort> = {
  key: ovsPortKey,
  label: (port) => `OVS port ${port.name} on ${port.bridge}`,
  isOurs: (port) => port.owner !== null,
  compare: (desired, observed) => [
    ...compareFields([
      ['tag', desired.tag, observed.tag],
      ['vlan_mode', desired.vlanMode, observed.vlanMode],
      ['trunks', desired.trunks, observed.trunks],
      ['type', desired.interface.type, observed.interface.type],
      ['mtu_request', desired.interface.mtuRequest, observed.interface.mtuRequest],
    ]),
    ...compareMap('other_config', desired.otherConfig, observed.otherConfig),
    ...compareMap('external_ids', desired.externalIds, observed.externalIds),
    ...compareMap('options', desired.interface.options, observed.interface.options),
    ...compareMap('interface external_ids', desired.interface.externalIds, observed.interface.externalIds),
  ],
}

/** Entries that a learn() action wrote carry its cookie; they age out by themselves. */
const isLearned = (flow: Flow): boolean => (flow.hardTimeout ?? 0) > 0 || (flow.idleTimeout ?? 0) > 0

export const flowSpec: KindSpec<Flow> = {
  key: flowKey,
  label: (flow) => `flow ${flow.bridge} table ${flow.table} priority ${flow.priority} ${flow.match || 'any'}`,
  isOurs: (flow) => isOurCookie(flow.cookie) && !isLearned(flow),
  compare: (desired, observed) =>
    compareFields([
      ['actions', desired.actions, observed.actions],
      ['cookie', desired.cookie, observed.cookie],
    ]),
}
