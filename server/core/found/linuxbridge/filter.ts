// ebtables of the Linux bridge agent: chains are named after the device, or come by it.

import type { HostView } from '../../path/host-view'

export function filterOf(view: HostView, device: string): string[] {
  const chains = view.observation.state.iptables.filter(({ family }) => family === 'bridge')
  return chains.flatMap(({ chain, rules }) => (chain.endsWith(device) ? rules : rules.filter((rule) => rule.includes(`-i ${device} `))))
}
