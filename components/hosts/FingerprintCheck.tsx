'use client'

import { Checkbox } from '@/components/ui/Checkbox'
import { CopyButton } from '@/components/ui/CopyButton'
import { KeyValue } from '@/components/ui/KeyValue'
import { Mono } from '@/components/ui/Mono'
import type { HostKey } from '@/server/core/api-types'

interface FingerprintCheckProps {
  readonly address: string
  readonly hostKey: HostKey
  /** What was accepted before, when there was something. */
  readonly pinned?: string | null
  readonly isCompared: boolean
  readonly onComparedChange: (isCompared: boolean) => void
}

/** What the address showed, how to look it up on the host itself, and the operator's word that both are equal. */
export function FingerprintCheck({ address, hostKey, pinned, isCompared, onComparedChange }: FingerprintCheckProps) {
  const keyFile = `/etc/ssh/ssh_host_${keyFileName(hostKey.algorithm)}_key.pub`
  return (
    <div className="flex flex-col gap-4">
      <KeyValue
        items={[
          { label: 'Address', value: address, isMono: true },
          { label: 'Algorithm', value: hostKey.algorithm, isMono: true },
          ...(pinned ? [{ label: 'Accepted before', value: pinned, isMono: true }] : []),
        ]}
      />
      <div>
        <p className="mb-1 text-sm text-dim">Fingerprint shown by this address</p>
        <div className="flex items-center gap-2 rounded-md border border-line-strong/70 bg-canvas py-2 pr-2 pl-3">
          <p className="min-w-0 flex-1 font-mono break-all select-all" data-testid="fingerprint">
            {hostKey.fingerprint}
          </p>
          <CopyButton value={hostKey.fingerprint} label="Copy fingerprint" />
        </div>
      </div>
      <div>
        <p className="mb-1 text-sm text-dim">On the host’s own console this prints the same</p>
        <Mono value={`ssh-keygen -lf ${keyFile}`} canCopy />
      </div>
      <Checkbox
        label="I compared the fingerprint with the host’s own"
        hint="From now on the console refuses any other key at this address."
        isChecked={isCompared}
        onCheckedChange={onComparedChange}
      />
    </div>
  )
}

/** ssh-ed25519 → ed25519, ecdsa-sha2-nistp256 → ecdsa, rsa-sha2-512 → rsa. */
function keyFileName(algorithm: string): string {
  return ['ed25519', 'ecdsa', 'rsa'].find((name) => algorithm.includes(name)) ?? 'ed25519'
}
