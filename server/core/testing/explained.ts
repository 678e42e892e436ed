// Paths, verifications and runs as tests look at them: what is a code in them is the sentence that a page shows.

import { explainUnparsed } from '../explain/unparsed'
import type { Unparsed } from '../host/observation'
import { explainExpected, explainNotes, explainSeen } from '../explain/evidence'
import { explainHopDetail, explainHopFinding, explainNoProof } from '../explain/hop'
import { explainRunVerdict } from '../explain/run-verdict'
import { explainVerdict } from '../explain/verdict'
import { explainLease } from '../explain/verification'
import type { Path, PathHop } from '../path/path'
import type { Run } from '../plan/run'
import type { Verification } from '../path/verification'

export type ExplainedHop = ReturnType<typeof explainedHop>
export type ExplainedPath = ReturnType<typeof explainedPath>
export type ExplainedVerification = ReturnType<typeof explainedVerification>

const explainedHop = (hop: PathHop) => ({
  ...hop,
  detail: explainHopDetail(hop),
  proof: hop.proof.method === 'none' ? { method: 'none' as const, reason: explainNoProof(hop.proof.reason) } : hop.proof,
  finding: hop.finding && explainHopFinding(hop.finding),
})

export const explainedPath = (path: Path) => ({
  ...path,
  forth: { hops: path.forth.hops.map(explainedHop) },
  back: { hops: path.back.hops.map(explainedHop) },
  verdict: path.verdict && { hopId: path.verdict.hopId, sentence: explainVerdict(path.verdict.finding) },
})

export const explainedVerification = (verification: Verification) => ({
  ...verification,
  verdict: verification.verdict && explainVerdict(verification.verdict),
  hops: verification.hops.map(({ notes, ...hop }) => ({
    ...hop,
    expected: explainExpected(hop),
    seen: explainSeen(hop),
    note: explainNotes({ notes }),
  })),
  dhcp: verification.dhcp.map(({ finding, ...evidence }) => ({ ...evidence, message: explainLease(finding) })),
})

export const explainedRun = <Stored extends Pick<Run, 'verdict'>>(run: Stored) => ({
  ...run,
  verdict: run.verdict && explainRunVerdict(run.verdict),
})

/** Pieces of a reading with the reason in words. */
export const explainedPieces = (pieces: readonly Unparsed[]) => pieces.map((piece) => ({ ...piece, reason: explainUnparsed(piece.reason) }))
