// A finding as a test looks at it: how bad it is, what was found, about what, and the sentence.

import { explainFinding } from '../explain/finding'
import type { AnyFinding } from '../finding-params'

export const said = (finding: AnyFinding) => ({
  severity: finding.severity,
  code: finding.code,
  about: finding.subject.name,
  sentence: explainFinding(finding),
})
