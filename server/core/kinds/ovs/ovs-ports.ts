// Ports of Open vSwitch, marked in external_ids. The order of their steps keeps loops and leaks out (decision 4).

import { compareFields, compareMap } from '../../diff/compare-fields'
import { ovsPortKey, type OvsInterface, type OvsPort } from '../../host/ovs'
import type { FieldChange } from '../../plan/change'
import type { Kind } from '../kind'
import { renderConnect, renderPrepare, renderRemoval, renderUnplug } from './port-steps'

export const ovsPortKind: Kind<OvsPort> = {
  heading: 'Open vSwitch ports',
  noun: 'Open vSwitch ports',
  key: ovsPortKey,
  label: (port) => `OVS port ${port.name} on ${port.bridge}`,
  isOurs: (port) => port.owner !== null,
  compare: (desired, observed) => [
    ...compareFields([
      ['tag', desired.tag, observed.tag],
      ['vlan_mode', desired.vlanMode, observed.vlanMode],
      ['trunks', desired.trunks, observed.trunks],
      ['protected', desired.isProtected ?? false, observed.isProtected ?? false],
      ['type', desired.interface.type, observed.interface.type],
      ['mtu_request', desired.interface.mtuRequest, observed.interface.mtuRequest],
    ]),
    ...compareMap('other_config', desired.otherConfig, observed.otherConfig),
    ...compareMap('external_ids', desired.externalIds, observed.externalIds),
    ...compareMap('options', desired.interface.options, observed.interface.options),
    ...surplusOptions(desired.interface, observed.interface),
    ...compareMap('interface external_ids', desired.interface.externalIds, observed.interface.externalIds),
  ],
  isRemembered: true,
  sections: [{ name: 'ovsdb' }],
  steps: [
    {
      name: 'ovsPorts.unplug',
      // A VM that is on, and a server that runs, use them.
      after: ['domains.stop', 'dnsmasq.stop'],
      render: renderUnplug,
      restore: 'never',
    },
    {
      name: 'ovsPorts.prepare',
      // Veth ends are there when vswitchd looks for them; no frame meets the userspace datapath with a checksum that was left to a card.
      after: ['links.add', 'links.setOffload', 'sysctls.set'],
      render: renderPrepare,
      restore: 'never',
    },
    {
      name: 'ovsPorts.connect',
      // With a real tag before its anti-spoofing flows a port forwards anything; patched before their drop flows, two physical bridges are a
      // loop between two fabrics.
      after: ['flows.write'],
      render: renderConnect,
      restore: 'never',
    },
    {
      name: 'ovsPorts.remove',
      // Those whose devices go with their namespaces.
      after: ['links.remove'],
      render: renderRemoval,
      restore: 'never',
    },
  ],
  afterBoot: (ports) => ports,
  probes: [['OVS port', 'ovs-vsctl --bare --columns=name list Port']],
}

/** One that is not set has a meaning of its own: with another dst_port a tunnel reaches nobody. Nothing but configuration is ever in them. */
const surplusOptions = (desired: OvsInterface, observed: OvsInterface): FieldChange[] =>
  Object.entries(observed.options)
    .filter(([key]) => !(key in desired.options))
    .map(([key, from]) => ({ field: `options:${key}`, from, to: null }))
