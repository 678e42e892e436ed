// The kind `subnet`, as every list of kinds needs it (../kind.ts).

import { checkName } from '../../rules/names'
import { byName } from '../compare'
import type { DesignKind } from '../kind'
import { printSubnet } from './subnet-print'
import { checkCidr, checkDnsNameservers, checkSubnet, checkSubnetRemoval, takenBySubnet } from './subnet-rules'
import { subnetViolations } from './subnet-violations'

export const subnetKind = {
  kind: 'subnet',
  list: 'subnets',
  words: { one: 'subnet', many: 'subnets' },
  label: (_, { name }) => name,
  detail: (_, { cidr }) => cidr,
  print: printSubnet,
  compare: byName,
  check: checkSubnet,
  fieldRules: { name: (name) => checkName(name), cidr: checkCidr, dnsNameservers: checkDnsNameservers },
  checkRemoval: checkSubnetRemoval,
  violations: subnetViolations,
  takesAlong: takenBySubnet,
  columns: { json: ['dnsNameservers', 'allocationPools'] },
} satisfies DesignKind<'subnet'>
