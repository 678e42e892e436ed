'use client'

import { encapsulationStyles } from '@/components/ui/encapsulation'
import type { InsideDomain, InsideLink, InsideOvsPort } from '@/server/core/api-types'
import { explainEncapsulation } from '@/server/core/explain/encapsulation'
import { isTrunkBridgeEnd } from '@/server/core/naming'
import type { Encapsulation } from '@/server/core/path/path'

import { DeviceRow } from './DeviceRow'
import { linkGlyphs, portGlyph } from './device-glyphs'
import { linkItemId, portItemId } from './inside-items'
import { portTrouble } from './port-trouble'

export function LinkRow({ link }: { readonly link: InsideLink }) {
  // Link-local addresses are on everything that is up; the inspector has them.
  const addresses = link.addresses.filter((address) => !address.startsWith('fe80:'))
  return (
    <DeviceRow
      id={linkItemId(link.id)}
      name={link.name}
      glyph={linkGlyphs[link.type]}
      trouble={link.isUp ? null : 'Down'}
      counters={link.counters}
    >
      {link.ovsPort && link.ovsPort.tag !== null && <TagWord tag={{ kind: 'local-vlan', vlan: link.ovsPort.tag }} />}
      {addresses.length > 0 && <span className="truncate font-mono">{addresses.join(' ')}</span>}
      {link.peer && <span className="truncate">═ {nameOf(link.peer)}</span>}
      {link.ovsPort && <span className="truncate">in {link.ovsPort.bridge}</span>}
    </DeviceRow>
  )
}

export function OvsPortRow({ port }: { readonly port: InsideOvsPort }) {
  return (
    <DeviceRow id={portItemId(port.id)} name={port.name} glyph={portGlyph(port)} trouble={portTrouble(port)} counters={port.counters}>
      {port.tag !== null && (
        <TagWord tag={isTrunkBridgeEnd(port.name) ? { kind: 'guest-vlan', vlanId: port.tag } : { kind: 'local-vlan', vlan: port.tag }} />
      )}
      {port.vlanMode && <span className="shrink-0 text-xs text-faint">{port.vlanMode}</span>}
      {port.peer && <span className="truncate">┄ {nameOf(port.peer)}</span>}
      {port.remoteAddress && <span className="truncate font-mono">→ {port.remoteAddress}</span>}
    </DeviceRow>
  )
}

export function DomainInterfaces({ domain }: { readonly domain: InsideDomain }) {
  return domain.interfaces.map((each, index) => (
    <p key={each.macAddress} className="flex h-7 min-w-0 items-center gap-2 border-t border-line px-2 text-sm first:border-t-0">
      <span className="shrink-0 text-faint">eth{index}</span>
      <span className="truncate font-mono">{each.macAddress}</span>
      {domain.isOurs && !each.isOurs && <span className="shrink-0 text-faint">foreign</span>}
      <span className="ml-auto truncate font-mono text-faint">{each.target ?? 'no tap'}</span>
    </p>
  ))
}

function TagWord({ tag }: { readonly tag: Encapsulation }) {
  return <span className={`shrink-0 font-mono text-xs ${encapsulationStyles[tag.kind].text}`}>{explainEncapsulation(tag)}</span>
}

/** <netns>/<name> and <bridge>/<port>: names hold no slash. */
const nameOf = (id: string): string => id.slice(id.lastIndexOf('/') + 1)
