import { CopyButton } from '@/components/ui/CopyButton'
import { ScrollText } from '@/components/ui/ScrollText'
import type { Command } from '@/server/core/commands/command'
import { explainArgv, explainCommand } from '@/server/core/explain/command'
import { plural } from '@/server/core/explain/words'

/** The exact command, as it could be typed, and what goes to its standard input. */
export function StepCommand({ command }: { readonly command: Pick<Command, 'argv' | 'stdin' | 'isPrivileged'> }) {
  const lines = command.stdin?.trimEnd().split('\n') ?? []
  return (
    <figure className="min-w-0 rounded-sm border border-line bg-canvas">
      <div className="flex items-start gap-1 px-2 py-1">
        <code className="min-w-0 flex-1 font-mono text-xs whitespace-pre-wrap break-all">
          <span aria-hidden className="text-faint select-none">
            {command.isPrivileged ? '# ' : '$ '}
          </span>
          {explainArgv(command.argv)}
        </code>
        <CopyButton value={explainCommand(command)} label="Copy command" />
      </div>
      {lines.length > 0 && (
        <div className="border-t border-line">
          <figcaption className="px-2 pt-1 text-xs text-faint">standard input, {plural(lines.length, 'line')}</figcaption>
          <ScrollText label="Standard input" className="max-h-64 px-2 pb-1 text-xs break-all text-dim">
            {lines.join('\n')}
          </ScrollText>
        </div>
      )}
    </figure>
  )
}
