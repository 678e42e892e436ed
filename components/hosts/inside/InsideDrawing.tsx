'use client'

import { StatusMark } from '@/components/ui/StatusMark'
import type { HostInside, InsideBridge, InsideDomain, InsideNamespace, InsideOvsBridge } from '@/server/core/api-types'
import { capitalise, plural } from '@/server/core/explain/words'
import { titleOf } from '@/server/core/host/domain'

import { orderedBridges, orderedLinks, orderedPorts } from './draw-order'
import { InsideBox } from './InsideBox'
import { bridgeItemId, domainItemId, linkItemId, namespaceItemId } from './inside-items'
import { DomainInterfaces, LinkRow, OvsPortRow } from './rows'

const COLUMN = 'flex min-w-[300px] flex-1 flex-col gap-3 empty:hidden'

/** A host from the inside, in the order of a packet's way out: VMs, plugs, Open vSwitch, NICs; then the other namespaces. */
export function InsideDrawing({ inside }: { readonly inside: HostInside }) {
  const root = inside.namespaces.find(({ name }) => name === '')
  const others = inside.namespaces.filter(({ name }) => name !== '')
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className={COLUMN}>
        {inside.domains.map((domain) => (
          <DomainBox key={domain.uuid} domain={domain} />
        ))}
        {root && <NamespaceBox namespace={root} />}
      </div>
      <div className={COLUMN}>
        <InsideBox id={null} kind="Switch" name="Open vSwitch" isPadded meta={plural(inside.ovsBridges.length, 'bridge')}>
          {inside.ovsBridges.length === 0 && (
            <p className="px-1 text-sm text-faint">No bridges. Preparing the host builds br-int and what its wiring needs.</p>
          )}
          {orderedBridges(inside).map((bridge) => (
            <OvsBridgeBox key={bridge.name} bridge={bridge} />
          ))}
        </InsideBox>
      </div>
      <div className={COLUMN}>
        {others.map((namespace) => (
          <NamespaceBox key={namespace.name} namespace={namespace} />
        ))}
      </div>
    </div>
  )
}

function domainStatus({ isRunning, state }: InsideDomain): { readonly status: 'ok' | 'bad' | 'unknown'; readonly label: string } {
  if (state !== null) return { status: 'bad', label: capitalise(state.reason === '' ? state.name : `${state.name}, ${state.reason}`) }
  return isRunning ? { status: 'ok', label: 'Running' } : { status: 'unknown', label: 'Off' }
}

function DomainBox({ domain }: { readonly domain: InsideDomain }) {
  return (
    <InsideBox id={domainItemId(domain.uuid)} kind="VM" name={titleOf(domain)} meta={<StatusMark {...domainStatus(domain)} />}>
      <DomainInterfaces domain={domain} />
    </InsideBox>
  )
}

function NamespaceBox({ namespace }: { readonly namespace: InsideNamespace }) {
  const { bridges, dnsmasq } = namespace
  const links = orderedLinks(namespace)
  const hasBridges = bridges.length > 0
  return (
    <InsideBox
      id={namespaceItemId(namespace.name)}
      kind="Namespace"
      name={namespace.name || 'root'}
      isPadded={hasBridges}
      meta={
        dnsmasq ? (
          <StatusMark status={dnsmasq.isRunning ? 'ok' : 'bad'} label={`DHCP, ${plural(dnsmasq.leaseCount, 'lease')}`} />
        ) : (
          plural(namespace.routeCount, 'route')
        )
      }
    >
      {bridges.map((each) => (
        <LinuxBridgeBox key={each.bridge.id} bridge={each} />
      ))}
      {links.length > 0 && (
        <div className={hasBridges ? 'overflow-hidden rounded-md border border-line bg-panel' : undefined}>
          {links.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </div>
      )}
    </InsideBox>
  )
}

function LinuxBridgeBox({ bridge: { bridge, ports } }: { readonly bridge: InsideBridge }) {
  const isAlarming = !bridge.isUp && bridge.isOurs
  return (
    <InsideBox
      id={linkItemId(bridge.id)}
      kind="Bridge"
      name={bridge.name}
      meta={isAlarming ? <StatusMark status="bad" label="Down" /> : bridge.isUp ? null : 'down'}
    >
      {ports.map((port) => (
        <LinkRow key={port.id} link={port} />
      ))}
    </InsideBox>
  )
}

function OvsBridgeBox({ bridge }: { readonly bridge: InsideOvsBridge }) {
  const foreignFlows = bridge.flowCount - bridge.ourFlowCount
  return (
    <InsideBox
      id={bridgeItemId(bridge.name)}
      kind="OVS bridge"
      name={bridge.name}
      meta={
        <span title={`${bridge.ourFlowCount} of them ours`}>
          {plural(bridge.flowCount, 'flow')}
          {foreignFlows > 0 && bridge.isOurs && `, ${foreignFlows} not ours`}
        </span>
      }
    >
      {orderedPorts(bridge).map((port) => (
        <OvsPortRow key={port.id} port={port} />
      ))}
    </InsideBox>
  )
}
