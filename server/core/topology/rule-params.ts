// Every rule of the design by its short name, with the values that its sentence needs: those of each kind, from its folder, and here those that hold
// for all kinds, whose sentences are in explain/violation.ts. Names of rules are stable: tests, docs and the API refer to them. Where one rule is broken
// in several ways, the values say in which.

import type { LintFinding, LintParams } from '../lint/lint-params'
import type { FloatingIpRules } from './kinds/floating-ip/floating-ip-violations'
import type { GatewayClusterRules } from './kinds/gateway-cluster/gateway-cluster-violations'
import type { HostRules } from './kinds/host/host-violations'
import type { HostAggregateRules } from './kinds/host-aggregate/host-aggregate-violations'
import type { NestedUplinkRules } from './kinds/nested-uplink/nested-uplink-violations'
import type { NetworkRules } from './kinds/network/network-violations'
import type { PhysicalNetworkRules } from './kinds/physical-network/physical-network-violations'
import type { PortRules } from './kinds/port/port-violations'
import type { PortForwardingRules } from './kinds/port-forwarding/port-forwarding-violations'
import type { ProjectRules } from './kinds/project/project-violations'
import type { RouterRules } from './kinds/router/router-violations'
import type { SecurityGroupRules } from './kinds/security-group/security-group-violations'
import type { SubnetRules } from './kinds/subnet/subnet-violations'
import type { TrunkRules } from './kinds/trunk/trunk-violations'
import type { VmRules } from './kinds/vm/vm-violations'
import type { Limits } from './rule-values'
import type { Kind } from './topology'

export interface RuleParams
  extends
    CommonRules,
    RefusedFindings,
    ProjectRules,
    HostRules,
    HostAggregateRules,
    PhysicalNetworkRules,
    NetworkRules,
    SubnetRules,
    SecurityGroupRules,
    GatewayClusterRules,
    RouterRules,
    PortRules,
    VmRules,
    TrunkRules,
    FloatingIpRules,
    PortForwardingRules,
    NestedUplinkRules {}

export interface CommonRules {
  'known-object': { kind: Kind }
  /** null: nobody can say what. */
  'changed-meanwhile': { change: { field: string; was: string | null; is: string | null } | null }
  'local-vlan': { vlan: number; isTaken: boolean }
  'local-vlans-exhausted': { host: string; most: number }
  'conntrack-zones-exhausted': { most: number }
  'name-not-empty': {}
  'name-printable': {}
  'name-length': { most: number; length: number }
  'description-length': { most: number; length: number }
  'name-unique': { kind: Kind; name: string }
  'line-printable': { what: LineText }
  'path-absolute': { what: LineText }
  'mtu-range': Limits
  'address-form': { of: 'tunnel' | 'tunnel-gateway' | 'port' | 'gateway' | 'pool' | 'name-server' | 'next-hop' | 'vip' | 'peer' | 'record' }
}

export type LineText = 'disk' | 'kernel' | 'initrd' | 'cmdline' | 'description'

/** An error of lint that an edit would bring about is refused under its code. */
export type RefusedFindings = { [Code in keyof LintParams]: { finding: LintFinding } }
