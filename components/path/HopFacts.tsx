'use client'

import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { InspectorSection } from '@/components/shell/Inspector'
import { Age } from '@/components/ui/Age'
import { KeyValue, type KeyValueItem } from '@/components/ui/KeyValue'
import { explainHopDetail } from '@/server/core/explain/hop'
import { explainAlsoTo, explainProof } from '@/server/core/explain/path'
import { rate as rateText } from '@/server/core/explain/words'
import { readAt, STALE_AFTER_S } from '@/server/core/path/currency'
import type { Endpoint, Path, PathHop } from '@/server/core/path/path'

import { sidesOf } from './hop-sides'
import type { HopRate } from './live-rates'

interface HopFactsProps {
  readonly path: Path
  readonly hop: PathHop
  readonly rate: HopRate | undefined
}

export function HopFacts({ path, hop, rate }: HopFactsProps) {
  const items: readonly KeyValueItem[] = [
    { label: 'Device', value: hop.place.device, isMono: true },
    { label: 'Detail', value: explainHopDetail(hop) },
    {
      label: 'Namespace',
      value: hop.place.hostId === null ? '' : hop.place.netns === '' ? 'root' : hop.place.netns,
      isMono: hop.place.netns !== '',
    },
    { label: 'Proof', value: explainProof(hop) },
    ...(hop.alsoTo.length === 0 ? [] : [{ label: 'Also sent to', value: explainAlsoTo(hop) }]),
    ...(hop.counters === null
      ? []
      : [
          { label: 'Received', value: `${hop.counters.rxPackets.toLocaleString('en-GB')} packets` },
          { label: 'Sent', value: `${hop.counters.txPackets.toLocaleString('en-GB')} packets` },
        ]),
    ...(rate?.perSecond == null ? [] : [{ label: 'Rate', value: `${rateText(rate.perSecond)} towards ${path.destination.label}` }]),
    ...(hop.place.hostId === null
      ? []
      : [{ label: 'Read', value: <Age at={readAt(path, hop.place.hostId)} staleAfterS={STALE_AFTER_S} /> }]),
  ]
  return (
    <InspectorSection title="Facts">
      <KeyValue items={items} />
    </InspectorSection>
  )
}

interface HopNeighboursProps {
  readonly path: Path
  readonly hops: readonly PathHop[]
  readonly hop: PathHop
  readonly onSelect: (hopId: string) => void
}

/** Both ways: along the path, and from the device back to the design. */
export function HopNeighbours({ path, hops, hop, onSelect }: HopNeighboursProps) {
  const index = hops.indexOf(hop)
  const end = endOf(path, hops, hop)
  return (
    <InspectorSection title="Related">
      <ul className="flex flex-col gap-1">
        <Neighbour word="Before" hop={hops[index - 1]} onSelect={onSelect} />
        <Neighbour word="Behind" hop={hops[index + 1]} onSelect={onSelect} />
        {hop.place.hostId !== null && <Related word="Host" label={hop.hostName ?? ''} href={routes.host(hop.place.hostId)} />}
        {end?.portId && <Related word="Port of" label={end.label} href={routes.networks({ tab: 'ports', selected: end.portId })} />}
        <Related word="Network" label={path.source.networkName} href={routes.topology({ selected: path.source.networkId })} />
      </ul>
    </InspectorSection>
  )
}

/** Devices of the plug belong to the port of their side; bridges and NICs to the host alone. */
function endOf(path: Path, hops: readonly PathHop[], hop: PathHop): Endpoint | null {
  if (!['vm', 'tap', 'tap-vlan', 'qbr', 'qvb', 'qvo', 'dhcp'].includes(hop.role)) return null
  const end = path[sidesOf(hops)[hops.indexOf(hop)] === 'source' ? 'source' : 'destination']
  return end.hostId === hop.place.hostId ? end : null
}

function Neighbour({
  word,
  hop,
  onSelect,
}: {
  readonly word: string
  readonly hop: PathHop | undefined
  readonly onSelect: (hopId: string) => void
}) {
  if (hop === undefined) return null
  return (
    <li className="flex min-w-0 items-baseline gap-2">
      <span className="w-14 shrink-0 text-faint">{word}</span>
      <button type="button" className="truncate font-mono text-sm text-accent hover:underline" onClick={() => onSelect(hop.id)}>
        {hop.place.device}
      </button>
    </li>
  )
}

function Related({ word, label, href }: { readonly word: string; readonly label: string; readonly href: string }) {
  return (
    <li className="flex min-w-0 items-baseline gap-2">
      <span className="w-14 shrink-0 text-faint">{word}</span>
      <Link href={href} className="truncate text-accent hover:underline">
        {label}
      </Link>
    </li>
  )
}
