// The kinds of host resources. A new one is a file beside this one and a line here, and its list in HostState.

import type { HostLists, HostStateKind } from '../host/host-state'
import { addressKind } from './addresses'
import { conntrackZoneKind } from './conntrack-zones'
import { dnsmasqKind } from './dnsmasq/dnsmasq'
import { domainKind } from './domains/domains'
import { fdbKind } from './fdb'
import { flowKind } from './flows'
import { ipsetKind } from './ipsets'
import { iptablesKind } from './iptables'
import type { Kind } from './kind'
import { linkKind } from './links/links'
import { namespaceKind } from './namespaces'
import { neighbourKind } from './neighbours'
import { ovsBridgeKind } from './ovs/ovs-bridges'
import { ovsPortKind } from './ovs/ovs-ports'
import { restoreUnitKind } from './restore-unit'
import { routeKind } from './routes'
import { ruleKind } from './rules'
import { serviceKind } from './services/services'
import { sysctlKind } from './sysctls'

/** By the name of the list that HostState has of it. */
const kinds: { readonly [K in HostStateKind]: Kind<HostLists[K][number]> } = {
  namespaces: namespaceKind,
  links: linkKind,
  addresses: addressKind,
  routes: routeKind,
  rules: ruleKind,
  neighbours: neighbourKind,
  fdb: fdbKind,
  sysctls: sysctlKind,
  ovsBridges: ovsBridgeKind,
  ovsPorts: ovsPortKind,
  flows: flowKind,
  conntrackZones: conntrackZoneKind,
  ipsets: ipsetKind,
  iptables: iptablesKind,
  dnsmasq: dnsmasqKind,
  services: serviceKind,
  domains: domainKind,
  restoreUnits: restoreUnitKind,
}

/** What is asked of a kind by its name, whichever it is. */
export const kindOf = <K extends HostStateKind>(name: K): Kind<HostLists[K][number]> => kinds[name]
