// What a host meets because it lacks the thing altogether: without IPv6 in its kernel (`ipv6.disable=1`) every device is without IPv6, and
// there is no file to say so.

import type { HostState } from '../host/host-state'
import type { HostFacts } from '../host/observation'

const WITHOUT_IPV6 = /^net\/ipv6\/conf\/[^/]+\/disable_ipv6$/

export function withoutMet(desired: HostState, { hasIpv6 }: Pick<HostFacts, 'hasIpv6'>): HostState {
  if (hasIpv6 !== false) return desired
  return { ...desired, sysctls: desired.sysctls.filter(({ key, value }) => !(WITHOUT_IPV6.test(key) && value === '1')) }
}
