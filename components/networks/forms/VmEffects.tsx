import type { TopologyIndex } from '@/components/lib/topology-index'
import { Notice } from '@/components/ui/Notice'
import { explainVmEffect } from '@/server/core/explain/vm-effect'
import type { VmPatch } from '@/server/core/topology/kinds/vm/vm-input'
import { vmEffects, type VmEffect } from '@/server/core/topology/kinds/vm/vm-effects'
import type { Vm } from '@/server/core/topology/kinds/vm/vm'

interface VmEffectsProps {
  readonly index: TopologyIndex
  readonly vm: Vm
  readonly patch: VmPatch
}

const STOPS: ReadonlySet<VmEffect['code']> = new Set(['moves', 'restarts'])

/** What the change will come to, read off the design; nothing for a VM that runs nowhere yet. */
export function VmEffects({ index, vm, patch }: VmEffectsProps) {
  const effects = index.actionOf(vm.id) === 'create' ? [] : vmEffects(index.topology, vm, patch)
  return (
    <div role="status" aria-label="What it means" className="sticky bottom-0 z-10 bg-panel">
      {effects.length > 0 && (
        <Notice status={effects.some(({ code }) => STOPS.has(code)) ? 'warn' : 'ok'} title="When this is applied">
          <ul className="flex list-disc flex-col gap-0.5 pl-4">
            {effects.map((effect) => (
              <li key={effect.code} className="break-words">
                {explainVmEffect(effect)}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </div>
  )
}
