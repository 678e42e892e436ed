'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import type { TopologyIndex } from '@/components/lib/topology-index'
import { pathPairs } from '@/components/topology/path-pairs'
import { KeyValue, type KeyValueItem } from '@/components/ui/KeyValue'
import { Mono } from '@/components/ui/Mono'
import { StatusMark } from '@/components/ui/StatusMark'
import { TextLink } from '@/components/ui/TextLink'
import { snatNamespace } from '@/server/core/naming'
import { needsCentralPart } from '@/server/core/topology/central-part'
import type { Host } from '@/server/core/topology/kinds/host/host'
import type { ObjectOf } from '@/server/core/topology/topology'

import { HostNames } from './HostNames'
import { gatewayOf, hostsOf } from './router-rows'
import { floatingIpChoices, kindChoice } from './router-words'

interface RouterFactsProps {
  readonly index: TopologyIndex
  readonly router: ObjectOf['router']
}

/** Whose it is, where it stands and leads out, and the paths across it, one click away. */
export function RouterFacts({ index, router }: RouterFactsProps) {
  const project = index.project(router.projectId)
  return (
    <div className="flex shrink-0 flex-col gap-2.5 border-b border-line bg-panel px-4 py-2.5">
      <div className="grid grid-cols-2 gap-x-6">
        <KeyValue
          items={[
            { label: 'ID', value: router.id, isMono: true },
            { label: 'Project', value: project && <TextLink href={routes.networks({ selected: project.id })} text={project.name} /> },
            { label: 'Description', value: router.description },
            { label: 'Stands on', value: <HostNames hosts={hostsOf(index, router)} nowhere={<Nowhere index={index} router={router} />} /> },
          ]}
          className="content-start"
        />
        <KeyValue
          items={[...gatewayFacts(index, router), { label: 'Paths across', value: <PathsAcross index={index} router={router} /> }]}
          className="content-start"
        />
      </div>
      <p className="max-w-5xl text-dim">{kindChoice(router).sentence}</p>
    </div>
  )
}

function gatewayFacts(index: TopologyIndex, router: ObjectOf['router']): readonly KeyValueItem[] {
  const gateway = gatewayOf(index, router)
  if (!gateway || !router.gateway) return [{ label: 'Gateway', value: 'none: it leads to no external network' }]
  const { networkId, portId } = router.gateway
  return [
    {
      label: 'Gateway',
      value: (
        <span className="flex min-w-0 items-center gap-2">
          <Link href={routes.networks({ tab: 'ports', selected: portId })} className="shrink-0 text-accent hover:underline">
            <Mono value={gateway.address} />
          </Link>
          <span className="shrink-0 text-faint">in</span>
          <TextLink href={routes.networks({ selected: networkId })} text={gateway.network.name} />
        </span>
      ),
    },
    { label: 'SNAT', value: snatWords(router) },
    ...(needsCentralPart(index.topology, router)
      ? [{ label: 'Central part', value: <CentralPart host={index.host(router.hostId)} router={router} /> }]
      : []),
    ...(router.isDistributed ? [{ label: 'Floating IPs', value: <WayOut index={index} router={router} /> }] : []),
  ]
}

function snatWords({ isDistributed, floatingIpMode, gateway }: ObjectOf['router']): string {
  if (gateway?.isSnatEnabled)
    return floatingIpMode === 'gateway'
      ? 'on: what leaves has an address of a member of the cluster'
      : 'on: what leaves has the gateway’s address'
  return isDistributed ? 'off: only floating IPs lead out' : 'off: what leaves keeps its address'
}

/** Which host it is on, the console chooses and keeps while that can carry it. */
function CentralPart({ host, router }: { readonly host: Host | undefined; readonly router: ObjectOf['router'] }) {
  if (!host) return <StatusMark status="warn" label="no network host can carry all of its networks" />
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <TextLink href={routes.host(host.id)} text={`on ${host.name}`} />
      <Mono value={snatNamespace(router.id)} canCopy />
    </span>
  )
}

function WayOut({ index, router: { floatingIpMode, gatewayClusterId } }: RouterFactsProps) {
  const { label, sentence } = floatingIpChoices[floatingIpMode]
  const cluster = index.gatewayCluster(gatewayClusterId ?? '')
  return (
    <span className="flex min-w-0 items-baseline gap-1.5" title={sentence}>
      <span className="shrink-0">{label.toLowerCase().replace('neutron', 'Neutron')}</span>
      {cluster && <TextLink href={routes.gateway(cluster.id)} text={cluster.name} />}
    </span>
  )
}

function PathsAcross({ index, router }: RouterFactsProps) {
  const pairs = pathPairs(index, { kind: 'router', item: router }).slice(0, SHOWN_PATHS)
  if (pairs.length === 0) return <span className="text-faint">none yet: it joins no two networks with a VM in each</span>
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-3">
      {pairs.map(({ from, to, label }) => (
        <li key={`${from}/${to}`} className="min-w-0">
          <TextLink href={routes.path({ from, to })} text={label} />
        </li>
      ))}
    </ul>
  )
}

const SHOWN_PATHS = 4

function Nowhere({ index, router }: RouterFactsProps) {
  const hasPorts = index.topology.ports.some(({ deviceId }) => deviceId === router.id)
  if (!hasPorts) return <span className="text-faint">nowhere: it has no interface yet</span>
  if (router.isDistributed) return <span className="text-faint">nowhere: no VM is in its networks yet</span>
  return <StatusMark status="warn" label="no host with the network role can carry all of its networks" />
}
