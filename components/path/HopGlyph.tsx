import type { Role } from '@/server/core/path/path'

interface HopGlyphProps {
  readonly role: Role
  readonly isBroken: boolean
  readonly isSelected: boolean
}

type Shape = 'guest' | 'switch' | 'port' | 'none'

const SHAPE: Record<Role, Shape> = {
  vm: 'guest',
  'inner-host': 'guest',
  dhcp: 'guest',
  tap: 'port',
  qbr: 'switch',
  qvb: 'port',
  qvo: 'port',
  'data-bridge': 'switch',
  'trunk-bridge': 'switch',
  'trunk-patch': 'port',
  'br-int': 'switch',
  patch: 'port',
  'br-tun': 'switch',
  'tap-vlan': 'port',
  brq: 'switch',
  'vlan-device': 'port',
  'vxlan-device': 'port',
  'provider-bridge': 'switch',
  'underlay-bridge': 'switch',
  nic: 'port',
  'router-port': 'port',
  router: 'switch',
  wire: 'none',
  outside: 'guest',
}

/** What stands on the line: a port is a dot, a bridge a switch, an end a square. A broken hop is crossed out. */
export function HopGlyph({ role, isBroken, isSelected }: HopGlyphProps) {
  const stroke = isBroken ? 'var(--bad)' : isSelected ? 'var(--accent)' : 'var(--ink)'
  const shape = SHAPE[role]
  if (shape === 'none' && !isBroken) return null
  return (
    <svg aria-hidden viewBox="0 0 14 14" className="size-3.5" fill="var(--raised)" stroke={stroke} strokeWidth="1.5">
      {shape === 'port' && <circle cx="7" cy="7" r="3.5" fill={isBroken ? 'var(--raised)' : stroke} />}
      {shape === 'switch' && (
        <>
          <rect x="1" y="3" width="12" height="8" rx="1.5" />
          <path d="M4 6h6M4 8.5h6" strokeWidth="1" />
        </>
      )}
      {shape === 'guest' && <rect x="2" y="2" width="10" height="10" rx="2" />}
      {isBroken && <path d="M3.5 3.5l7 7M10.5 3.5l-7 7" strokeWidth="1.75" strokeLinecap="round" />}
    </svg>
  )
}
