'use client'

import { StatusMark } from '@/components/ui/StatusMark'
import type { HostInside, InsideDomain, InsideNamespace, InsideOvsBridge } from '@/server/core/api-types'
import { plural } from '@/server/core/explain/words'

import { InsideBox } from './InsideBox'
import { bridgeItemId, domainItemId, linkItemId, namespaceItemId } from './inside-items'
import { DomainInterfaceText, LinkRow, OvsPortRow } from './rows'

/** A host from the inside, in the order of a packet's way out: VMs, plugs, Open vSwitch, NICs; then the other namespaces. */
export function InsideDrawing({ inside }: { readonly inside: HostInside }) {
  const root = inside.namespaces.find(({ name }) => name === '')
  const others = inside.namespaces.filter(({ name }) => name !== '')
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="flex min-w-[300px] flex-1 flex-col gap-3">
        {inside.domains.map((domain) => (
          <DomainBox key={domain.uuid} domain={domain} />
        ))}
        {root && <NamespaceBox namespace={root} />}
      </div>
      <div className="flex min-w-[300px] flex-1 flex-col gap-3">
        <InsideBox id={null} kind="Switch" name="Open vSwitch" hasOwner={false} isOurs isPadded meta={plural(inside.ovsBridges.length, 'bridge')}>
          {inside.ovsBridges.length === 0 && <p className="px-1 text-sm text-faint">No bridges. Preparing the host builds br-int and what its wiring needs.</p>}
          {inside.ovsBridges.map((bridge) => (
            <OvsBridgeBox key={bridge.name} bridge={bridge} />
          ))}
        </InsideBox>
      </div>
      <div className="flex min-w-[300px] flex-1 flex-col gap-3 empty:hidden">
        {others.map((namespace) => (
          <NamespaceBox key={namespace.name} namespace={namespace} />
        ))}
      </div>
    </div>
  )
}

function DomainBox({ domain }: { readonly domain: InsideDomain }) {
  return (
    <InsideBox
      id={domainItemId(domain.uuid)}
      kind="VM"
      name={domain.title ?? domain.name}
      isOurs={domain.isOurs}
      meta={<StatusMark status={domain.isRunning ? 'ok' : 'unknown'} label={domain.isRunning ? 'Running' : 'Off'} />}
    >
      <DomainInterfaceText domain={domain} />
    </InsideBox>
  )
}

function NamespaceBox({ namespace }: { readonly namespace: InsideNamespace }) {
  const isRoot = namespace.name === ''
  // In the root namespace a port of Open vSwitch is drawn inside its bridge, not twice.
  const links = isRoot ? namespace.links.filter((link) => link.ovsPort === null || link.type === 'physical') : namespace.links
  return (
    <InsideBox
      id={namespaceItemId(namespace.name)}
      kind="Namespace"
      name={isRoot ? 'root' : namespace.name}
      isOurs={namespace.isOurs}
      hasOwner={!isRoot}
      isPadded={namespace.bridges.length > 0}
      meta={
        <>
          {namespace.dnsmasq && <StatusMark status={namespace.dnsmasq.isRunning ? 'ok' : 'bad'} label={`DHCP, ${plural(namespace.dnsmasq.leaseCount, 'lease')}`} />}
          {plural(namespace.routeCount, 'route')}
        </>
      }
    >
      {namespace.bridges.map(({ bridge, ports }) => (
        <InsideBox key={bridge.id} id={linkItemId(bridge.id)} kind="Bridge" name={bridge.name} isOurs={bridge.isOurs} meta={bridge.isUp ? bridge.addresses.join(' ') : <StatusMark status="bad" label="Down" />}>
          {ports.map((port) => (
            <LinkRow key={port.id} link={port} />
          ))}
        </InsideBox>
      ))}
      {links.length > 0 && (
        <div className={namespace.bridges.length > 0 ? 'overflow-hidden rounded-md border border-line bg-panel' : undefined}>
          {links.map((link) => (
            <LinkRow key={link.id} link={link} />
          ))}
        </div>
      )}
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
      isOurs={bridge.isOurs}
      meta={
        <span title={`${bridge.ourFlowCount} of them ours`}>
          {plural(bridge.flowCount, 'flow')}
          {foreignFlows > 0 && bridge.isOurs && `, ${foreignFlows} not ours`}
        </span>
      }
    >
      {bridge.ports.map((port) => (
        <OvsPortRow key={port.id} port={port} />
      ))}
    </InsideBox>
  )
}
