// Every page of the console with something in it, tabs included.

import { api } from './api'
import { readVm, sample } from './sample'

export async function listAddresses(): Promise<readonly string[]> {
  const [hosts, runs, verifications] = await Promise.all([
    api.hosts.list.query(),
    api.runs.list.query({}),
    api.verifications.list.query({}),
  ])
  const [host, run, verification] = [hosts[0], runs.items[0], verifications.items[0]]
  if (!host || !run || !verification) throw new Error('there is no host, run or verification to look at')
  const { securityGroups, routers, floatingIps } = (await api.topology.get.query()).topology
  const [group, router, floatingIp] = [securityGroups[0], routers[0], floatingIps[0]]
  if (!group || !router || !floatingIp) throw new Error('there is no security group, router or floating IP to look at')
  const [source, destination] = [await readVm(sample.vms[0].name), await readVm(sample.vms[1].name)]
  const path = `/path?from=${source.portId}&to=${destination.portId}`
  return [
    '/',
    '/topology',
    `/topology?sel=${source.portId}`,
    ...['networks', 'ports', 'vms', 'physical', 'nestedUplinks'].map((tab) => `/networks?tab=${tab}`),
    `/networks?tab=ports&sel=${source.portId}`,
    '/trunks',
    '/trunks?new=trunk',
    '/routers',
    '/routers?new=router',
    ...['interfaces', 'floating-ips', 'routes', 'hosts'].map((tab) => `/routers/${router.id}?tab=${tab}`),
    ...['add-interface', 'edit'].map((form) => `/routers/${router.id}?do=${form}`),
    ...['sel', 'edit'].map((what) => `/floating-ips?${what}=${floatingIp.id}`),
    '/floating-ips?new=floatingIp',
    `/floating-ips/${floatingIp.id}/by-hand`,
    `/topology?sel=${router.id}`,
    '/gateways',
    '/gateways?new=gatewayCluster',
    '/security-groups',
    '/security-groups?new=securityGroup',
    ...['ingress', 'egress', 'ports'].map((tab) => `/security-groups/${group.id}?tab=${tab}`),
    `/security-groups/${group.id}?do=add`,
    '/hosts',
    '/hosts?new=host',
    ...['inside', 'settings', 'facts', 'unparsed'].map((tab) => `/hosts/${host.host.id}?tab=${tab}`),
    path,
    `${path}&verification=${verification.id}`,
    '/changes',
    ...['objects', 'commands', 'blast'].map((tab) => `/changes?plan=${run.planId}&tab=${tab}`),
    '/runs',
    '/runs?tab=revisions&revision=1',
    `/runs/${run.id}`,
    '/verifications',
    `/verifications/${verification.id}`,
    '/settings',
    '/nowhere',
  ]
}
