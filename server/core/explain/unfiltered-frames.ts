// What security groups do not do for the subports of a trunk on a host with Open vSwitch (docs/reference/trunks.md, Filtering): said by lint about a
// subport and by a plan about a trunk, in the same words.

export const IPTABLES_IS_BLIND =
  'with a VLAN tag, and iptables does not see tagged frames there (net.bridge.bridge-nf-filter-vlan-tagged is 0)'
export const GROUPS_DO_NOTHING =
  'what it may receive is not filtered: security groups do nothing for it. Filter in the guest where that matters.'
