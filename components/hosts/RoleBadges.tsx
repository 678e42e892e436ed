import { Badge } from '@/components/ui/Badge'
import type { HostRole } from '@/server/core/topology/kinds/host/host'

export function RoleBadges({ roles }: { readonly roles: readonly HostRole[] }) {
  return (
    <span className="inline-flex gap-1 align-middle">
      {roles.map((role) => (
        <Badge key={role}>{role}</Badge>
      ))}
    </span>
  )
}
