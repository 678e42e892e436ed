import { expect, it } from 'vitest'
import type { Touched } from '@/server/core/topology/touched'
import { concernedNouns } from './concerned-nouns'

it.each<[string, Touched, readonly string[]]>([
  ['a project', { project: ['p'] }, ['topology', 'changes', 'overview', 'projects', 'networks']],
  [
    'a port',
    { port: ['p'] },
    [
      'topology',
      'changes',
      'overview',
      'paths',
      'ports',
      'securityGroups',
      'gatewayClusters',
      'routers',
      'floatingIps',
      'hosts',
      'networks',
      'trunks',
    ],
  ],
  ['a security group', { securityGroup: ['g'] }, ['topology', 'changes', 'overview', 'paths', 'securityGroups']],
  ['a router', { router: ['r'] }, ['topology', 'changes', 'overview', 'paths', 'routers', 'floatingIps', 'gatewayClusters']],
  ['a gateway cluster', { gatewayCluster: ['c'] }, ['topology', 'changes', 'overview', 'paths', 'gatewayClusters', 'floatingIps']],
  ['a floating IP', { floatingIp: ['f'] }, ['topology', 'changes', 'overview', 'paths', 'floatingIps', 'gatewayClusters']],
  ['a port forwarding', { portForwarding: ['p'] }, ['topology', 'changes', 'overview', 'paths', 'portForwardings']],
  ['a nested uplink', { nestedUplink: ['u'] }, ['topology', 'changes', 'overview', 'paths', 'nestedUplinks']],
  [
    'a VM with its port',
    { vm: ['v'], port: ['p'] },
    [
      'topology',
      'changes',
      'overview',
      'paths',
      'ports',
      'securityGroups',
      'gatewayClusters',
      'routers',
      'floatingIps',
      'vms',
      'hosts',
      'networks',
      'trunks',
      'nestedUplinks',
    ],
  ],
  ['nothing', {}, []],
])('%s', (_, touched, nouns) => expect(new Set(concernedNouns(touched))).toEqual(new Set(nouns)))

it('everything concerns all', () => expect(concernedNouns('everything')).toContain('subnets'))
