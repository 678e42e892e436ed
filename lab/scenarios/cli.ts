// `npm run -s scenario -- NAME [--keep] [--json] [--lab NAME]`

import { parseArgs } from 'node:util'
import { defaultName } from '../paths'
import { printReport } from './report'
import { scenarioNames, runScenario } from './scenarios'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keep: { type: 'boolean', default: false }, json: { type: 'boolean', default: false }, lab: { type: 'string' } },
})

const name = scenarioNames.find((candidate) => candidate === positionals[0])
if (!name || positionals.length !== 1) {
  console.error(`usage: npm run -s scenario -- ${scenarioNames.join('|')} [--keep] [--json] [--lab NAME]`)
  process.exit(2)
}

try {
  const report = await runScenario(name, {
    lab: values.lab ?? process.env['LAB_NAME'] ?? defaultName,
    isKept: values.keep,
    onProgress: (sentence) => void (values.json || console.error(`• ${sentence}`)),
  })
  console.log(values.json ? JSON.stringify(report, null, 2) : printReport(report))
  process.exit(report.ok ? 0 : 1)
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  console.log(values.json ? JSON.stringify({ scenario: name, ok: false, problems: [message] }, null, 2) : `✗ ${name}: ${message}`)
  process.exit(1)
}
