import { answerTrpc } from '@/server/api/answer-trpc'
import { getContext } from '@/server/api/context'
import { makeRequestContext } from '@/server/api/request-context'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

const handle = (request: Request): Promise<Response> => answerTrpc(request, () => makeRequestContext(getContext(), request))

export { handle as GET, handle as POST }
