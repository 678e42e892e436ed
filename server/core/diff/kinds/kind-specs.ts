// The table of kinds. A new resource kind is one entry here, one file beside it, one in core/host and one in core/render.

import type { HostState, HostStateKind } from '../../host/host-state'
import type { KindSpec } from '../host-diff'
import { addressSpec, routeSpec, ruleSpec } from './ip'
import { fdbSpec } from './fdb'
import { dnsmasqSpec, domainSpec } from './guests'
import { iptablesSpec } from './iptables'
import { linkSpec, namespaceSpec, sysctlSpec } from './link'
import { restoreUnitSpec } from './restore-unit'
import { flowSpec, ovsBridgeSpec, ovsPortSpec } from './ovs'

export const kindSpecs: { readonly [K in HostStateKind]: KindSpec<HostState[K][number]> } = {
  namespaces: namespaceSpec,
  links: linkSpec,
  addresses: addressSpec,
  routes: routeSpec,
  rules: ruleSpec,
  fdb: fdbSpec,
  sysctls: sysctlSpec,
  ovsBridges: ovsBridgeSpec,
  ovsPorts: ovsPortSpec,
  flows: flowSpec,
  iptables: iptablesSpec,
  dnsmasq: dnsmasqSpec,
  domains: domainSpec,
  restoreUnits: restoreUnitSpec,
}
