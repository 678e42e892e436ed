// What a step printed, cut to what people read of it. It is stored in the journal and in the record, and sent to every page that
// shows the run; a host whose commands print without end would fill its disk.

import type { CommandResult } from '../commands/command'
import type { Run, RunEvent, StepRecord } from './run'

/** Of each stream, at its beginning and again at its end: a tool's first complaint and its last word. A verdict shows less. */
export const KEPT_CHARACTERS = 2000

export const boundRun = <Record extends Pick<Run, 'steps'>>(run: Record): Record => ({ ...run, steps: run.steps.map(boundStep) })

export function boundEvent(event: RunEvent): RunEvent {
  switch (event.type) {
    case 'step':
      return { ...event, step: boundStep(event.step) }
    case 'finished':
      return { ...event, run: boundRun(event.run) }
    case 'phase':
    case 'waiting':
      return event
  }
}

export const boundStep = (step: StepRecord): StepRecord => (step.result === null ? step : { ...step, result: boundResult(step.result) })

function boundResult(result: CommandResult): CommandResult {
  const [stdout, stderr] = [boundText(result.stdout), boundText(result.stderr)]
  if (stdout === result.stdout && stderr === result.stderr) return result
  return { ...result, stdout, stderr, isTruncated: true }
}

/** With how much is missing where it is (explain/output.ts says it). A text that was cut once is short enough to stay as it is. */
function boundText(text: string): string {
  const left = text.length - 2 * KEPT_CHARACTERS
  return left <= MARK_CHARACTERS ? text : `${text.slice(0, KEPT_CHARACTERS)}\n… ${left} …\n${text.slice(-KEPT_CHARACTERS)}`
}

const MARK_CHARACTERS = 100
